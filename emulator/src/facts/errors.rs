//! Errors: their shape, and the meaning of each status.

use super::Fact;
use super::fact::{decided, documented, recorded};

const COMPOSE: &str = "webapi/compose-http-requests-handle-errors, 2023-04-14";
const INSOMNIA: &str = "webapi/insomnia, 2024-03-15";
const LIMITS: &str = "api-limits, 2023-01-31";
/// A page below `troubleshoot/power-platform/dataverse`.
const TROUBLE: &str =
    "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "An error is an object `error` with the texts `code` and `message`, and nothing else.",
        COMPOSE,
        "service::http::errors::an_error_is_a_code_and_a_message",
    ),
    documented(
        "A function that is called with POST is 404 with an empty code and `No HTTP resource was found that matches the request URI …`.",
        TROUBLE,
        "service::http::errors::the_errors_of_the_troubleshooting_page",
    ),
    documented(
        "A member that is no property is 400 0x0 `An error occurred while validating input parameters: Microsoft.Crm.CrmException: Invalid property …`.",
        TROUBLE,
        "service::http::errors::the_errors_of_the_troubleshooting_page",
    ),
    documented(
        "A bind of what is no navigation property is 400 0x80048d19 `… An undeclared property …`, with the entity set in quotes.",
        TROUBLE,
        "service::http::errors::the_errors_of_the_troubleshooting_page",
    ),
    documented(
        "DELETE and PATCH on a collection are 405.",
        COMPOSE,
        "service::http::errors::methods_that_a_resource_does_not_have",
    ),
    decided(
        "PUT on a collection, POST on a record, and OPTIONS, HEAD and TRACE are 405.",
        "the page lists GET, POST, PATCH, DELETE and PUT for single properties",
        "service::http::errors::methods_that_a_resource_does_not_have",
    ),
    documented(
        "A record that does not exist is 404 0x80040217 `Entity '…' With Id = … Does Not Exist`.",
        INSOMNIA,
        "service::http::errors::details_are_optional",
    ),
    documented(
        "With `odata.include-annotations=\"*\"` an error has annotations: its category, its name, its status, a link and the inner message.",
        INSOMNIA,
        "service::http::errors::details_are_optional",
    ),
    documented(
        "The link of an error ends in `error=Microsoft.Crm.CrmException%3a`, the digits of the code, and `&client=platform`.",
        INSOMNIA,
        "service::http::errors::details_are_optional",
    ),
    recorded(
        "The category of a 4xx error is `ClientError`, the status is a text.",
        "ServiceClient tests of PowerPlatform-DataverseServiceClient: an answer 400 0x80040203 of a real org",
        "service::http::errors::details_are_optional",
    ),
    decided(
        "An error has no annotations of the plug-in step that raised it.",
        "the emulator has no plug-ins",
        "service::http::errors::details_are_optional",
    ),
    documented(
        "Annotations of errors come alone if they are named alone.",
        COMPOSE,
        "service::http::errors::only_the_requested_details_are_included",
    ),
    decided(
        "An error whose code has no name has the inner message alone, and a link if it has a code.",
        "the page says that some errors have details",
        "service::http::errors::details_of_an_error_without_a_code",
    ),
    documented(
        "Too many requests are 429 0x80072322 with `Retry-After` in seconds.",
        LIMITS,
        "service::http::errors::too_many_requests",
    ),
    documented(
        "A service that is not available answers 503.",
        COMPOSE,
        "service::http::errors::an_unavailable_service_answers_with_a_page",
    ),
    decided(
        "The body of a 503 is a page of HTML.",
        "gateways answer so, and a client has to bear it",
        "service::http::errors::an_unavailable_service_answers_with_a_page",
    ),
    documented(
        "What is not implemented is 501.",
        COMPOSE,
        "service::http::errors::unimplemented_features_are_501",
    ),
    decided(
        "An error quotes no more than the first 100 characters of a value.",
        "an error of 100 MB helps nobody",
        "service::http::errors::errors_quote_no_more_than_the_start_of_a_value",
    ),
];
