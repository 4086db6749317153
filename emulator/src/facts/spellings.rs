//! Requests in the spellings that real clients send.

use super::Fact;
use super::fact::{decided, documented};

const COMPOSE: &str = "webapi/compose-http-requests-handle-errors, 2023-04-14";
const FUNCTIONS: &str = "webapi/use-web-api-functions, 2022-04-26";

pub(super) const FACTS: &[Fact] = &[
    decided(
        "The names of query options may be percent-encoded, and blanks may be plus signs.",
        "both are the same URL, and HTTP libraries send them",
        "service::tolerance::options_in_every_spelling",
    ),
    decided(
        "A trailing `&` and the option `tag` change nothing.",
        "HTTP libraries send the one; optional-parameters, the other",
        "service::tolerance::options_in_every_spelling",
    ),
    documented(
        "A GUID may be in quotes in `$filter`.",
        "webapi/query/filter-rows, 2024-07-01",
        "service::tolerance::guids_in_every_spelling",
    ),
    decided(
        "GUIDs may be in upper case, and in `$filter` in braces.",
        "tools copy them so",
        "service::tolerance::guids_in_every_spelling",
    ),
    documented(
        "A record is named by `set(key=value)`, too.",
        "use-alternate-key-reference-record, 2022-08-09",
        "service::tolerance::guids_in_every_spelling",
    ),
    documented(
        "A function without parameters is called with parentheses or without.",
        FUNCTIONS,
        "service::tolerance::functions_with_and_without_parentheses",
    ),
    documented(
        "`If-None-Match: null` is no condition.",
        COMPOSE,
        "service::tolerance::the_value_null_is_not_a_condition",
    ),
    documented(
        "The path names a version from 9.0 on, and answers repeat it.",
        COMPOSE,
        "service::tolerance::every_version_of_the_path",
    ),
    documented(
        "Several preferences are in one header or in several.",
        "webapi/query/count-rows, 2024-07-11",
        "service::tolerance::preferences_in_every_spelling",
    ),
    documented(
        "An annotation's pattern may end with `*`.",
        COMPOSE,
        "service::tolerance::preferences_in_every_spelling",
    ),
    decided("Annotations in a body are ignored.", "programs send back what they read", "service::tolerance::bodies_with_annotations_of_a_read"),
    decided(
        "A body may start with a byte order mark.",
        "encoders of some platforms write it",
        "service::tolerance::bodies_with_annotations_of_a_read",
    ),
    documented(
        "A boundary may be in quotes.",
        "webapi/execute-batch-operations-using-web-api, 2023-01-14",
        "service::tolerance::batches_in_every_spelling",
    ),
    documented("The lines of a batch end in CRLF: 400 0x80048d19 `Stream was not readable.` otherwise.", "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07", "service::tolerance::batches_in_every_spelling"),
    decided("The line end after the closing boundary of a batch may be missing.", "the page web-api-client-errors shows a batch that fails without it; github.com/AleksandrRogov/DynamicsWebApi leaves it out", "service::tolerance::batches_in_every_spelling").refused_by_strict(),
decided("A batch whose lines end in LF is refused, with two more of them at its end, too.", "the page web-api-client-errors says that two line ends make such a batch work; CRLF always does", "service::tolerance::batches_in_every_spelling"),
];
