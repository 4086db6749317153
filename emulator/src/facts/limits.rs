//! Service protection limits.

use super::Fact;
use super::fact::{decided, documented, recorded};

const LIMITS: &str = "api-limits, 2023-01-31";
const ANSWER: &str = "webapi/use-ps-and-vscode-web-api: an answer to `WhoAmI` of a real org";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "With limits, 6,000 requests of a user within 300 seconds are answered, and the next one is 429 0x80072322.",
        LIMITS,
        "service::limits::six_thousand_requests_are_answered_and_no_more",
    ),
    documented("A batch counts as one request.", LIMITS, "service::limits::a_batch_is_one_request"),
    documented(
        "With limits, a request is 429 0x80072321 if those of the last 300 seconds took 1,200 seconds.",
        LIMITS,
        "service::limits::twenty_minutes_of_execution_time_are_the_limit",
    ),
    documented(
        "With limits, a request is 429 0x80072326 if 52 are under way, whatever else the window has room for.",
        LIMITS,
        "service::limits::fifty_two_requests_are_concurrent_and_no_more",
    ),
    decided(
        "The `Retry-After` of 0x80072326 is a second, and it does not block other requests.",
        "the limit has room as soon as a request ends",
        "service::limits::fifty_two_requests_are_concurrent_and_no_more",
    ),
    documented(
        "The window slides: each request leaves it 300 seconds after it began.",
        LIMITS,
        "service::limits::the_window_slides",
    ),
    documented(
        "Until `Retry-After` has passed, all requests of the user are refused.",
        LIMITS,
        "service::limits::who_goes_on_waits_longer",
    ),
    documented(
        "Requests within a `Retry-After` extend it.",
        LIMITS,
        "service::limits::who_goes_on_waits_longer",
    ),
    decided(
        "`Retry-After` is the time until the window has room, in whole seconds rounded up; each request within it adds a second, up to a whole window.",
        "the page says that the duration depends on the last 300 seconds, and that it is extended",
        "service::limits::who_goes_on_waits_longer",
    ),
    documented("Each user is limited independently.", LIMITS, "service::limits::each_user_has_limits"),
    recorded(
        "Answers have `x-ms-dop-hint`, and what is left: `5999` requests and `1,200.00` seconds after the first request.",
        ANSWER,
        "service::limits::answers_say_what_is_left",
    ),
    recorded(
        "The seconds left have commas between thousands and two decimals: `1,199.46`.",
        "portals-web-api, 2020-05-18: the headers of an answer of a real org",
        "service::limits::answers_say_what_is_left",
    ),
    decided(
        "The user is that of the connection, also if it acts for another one.",
        "the page speaks of authenticated users",
        "service::limits::each_user_has_limits",
    ),
];
