//! HTTP: addresses and headers.

use super::Fact;
use super::fact::{decided, documented, reported};

const COMPOSE: &str = "webapi/compose-http-requests-handle-errors, 2023-04-14";
const OVERVIEW: &str = "webapi/query/overview, 2024-07-11";
const DOCUMENTS: &str = "webapi/web-api-service-documents, 2024-01-10";
const INSOMNIA: &str = "webapi/insomnia, 2024-03-15";
const OPTIONAL: &str = "optional-parameters, 2025-06-20";
/// A page below `troubleshoot/power-platform/dataverse`.
const TROUBLE: &str =
    "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "The names of entity sets are case-sensitive: `Account` is 404 0x8006088a `Resource not found for the segment 'Account'.`",
        TROUBLE,
        "service::http::addresses::names_are_case_sensitive_in_addresses",
    ),
    documented(
        "The names of functions and actions are case-sensitive.",
        TROUBLE,
        "service::http::addresses::names_are_case_sensitive_in_addresses",
    ),
    documented(
        "The names of properties are case-sensitive: `$select=Name` is 400 0x0 `Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'.`",
        TROUBLE,
        "service::http::addresses::names_are_case_sensitive_in_addresses",
    ),
    decided(
        "A query option whose name begins with `$` and is not known is a 400.",
        "OData reserves such names",
        "service::http::addresses::options_that_dataverse_does_not_support",
    ),
    decided(
        "A query option without `$` before its name (`select=name`) is a custom option and changes nothing.",
        "OData 4.0 reserves only names with `$` or `@`; no page shows what Dataverse does",
        "service::http::addresses::options_without_their_dollar_sign_are_ignored",
    )
    .refused_by_strict(),
    documented(
        "Versions 9.0 to 9.2 of the path answer, each with its own URLs.",
        COMPOSE,
        "service::http::addresses::versions_are_part_of_the_address",
    ),
    decided(
        "Other versions of the path, and paths outside of `/api/data/`, are 404.",
        "version 8 has rules of its own, which the emulator does not know",
        "service::http::addresses::versions_are_part_of_the_address",
    ),
    documented(
        "The root of the service answers the service document: `name`, `kind` and `url` of each entity set.",
        DOCUMENTS,
        "service::http::addresses::the_service_root_is_the_service_document",
    ),
    documented(
        "`$metadata` is XML; its namespace is `Microsoft.Dynamics.CRM`, with the alias `mscrm`.",
        DOCUMENTS,
        "service::http::addresses::the_service_root_is_the_service_document",
    ),
    reported(
        "A key in quotes is 400 `Bad Request - Error in query syntax.`: `accounts('…')`.",
        "github.com/simple-odata-client/Simple.OData.Client, issue 542; github.com/tuomur/python-odata, pull request 4",
        "service::http::addresses::a_key_is_a_guid_without_quotes_or_braces",
    ),
    reported(
        "A key in braces is 400 `Bad Request - Error in query syntax.`, in a bind, too.",
        "magnetismsolutions.com, Common Errors When Working with the Dynamics 365 WebAPI, 2018-05-04; XrmDefinitelyTyped, issue 34",
        "service::http::addresses::a_key_is_a_guid_without_quotes_or_braces",
    ),
    documented(
        "A URL has no more than 32,768 characters.",
        OVERVIEW,
        "service::http::addresses::urls_have_a_maximum_length",
    ),
    documented(
        "A URL within a batch has no more than 65,536 characters.",
        OVERVIEW,
        "service::http::addresses::urls_have_a_maximum_length",
    ),
    decided(
        "A URL that is too long is 414. The path below the service root and the query count.",
        "no page names the status; 414 is that of RFC 9110",
        "service::http::addresses::urls_have_a_maximum_length",
    ),
    decided(
        "`%24batch` is `$batch`.",
        "RFC 3986: a character and its percent-encoding are the same, and HTTP libraries encode `$`",
        "service::http::addresses::batch_has_two_spellings",
    ),
    documented(
        "A request without the header `Accept` is answered with JSON.",
        COMPOSE,
        "service::http::headers::answers_are_json_for_any_accept_header",
    ),
    documented(
        "Errors are JSON, whatever the request accepts.",
        COMPOSE,
        "service::http::headers::answers_are_json_for_any_accept_header",
    ),
    decided(
        "A request that accepts no JSON is answered with JSON.",
        "Dataverse has JSON only, and no page shows 406",
        "service::http::headers::answers_are_json_for_any_accept_header",
    )
    .refused_by_strict(),
    documented(
        "The content type of an answer is `application/json; odata.metadata=minimal`.",
        OVERVIEW,
        "service::http::headers::answers_are_json_for_any_accept_header",
    ),
    decided(
        "`odata.metadata=full` and `odata.metadata=none` are 501.",
        "the emulator has neither; minimal metadata would be a wrong answer",
        "service::http::headers::other_amounts_of_metadata_are_refused",
    ),
    documented(
        "Answers have the header `OData-Version: 4.0`, those without a body included.",
        OPTIONAL,
        "service::http::headers::every_answer_has_its_odata_version",
    ),
    documented(
        "Requests have `OData-Version: 4.0` and `OData-MaxVersion: 4.0`.",
        COMPOSE,
        "service::http::headers::odata_versions_of_requests",
    ),
    decided(
        "Other values of `OData-Version` and `OData-MaxVersion` change nothing.",
        "no page says what Dataverse makes of them",
        "service::http::headers::odata_versions_of_requests",
    )
    .refused_by_strict(),
    documented(
        "With `return=representation`, a create answers 201 and an update 200; without it both answer 204.",
        COMPOSE,
        "service::http::headers::preferences_are_applied_and_repeated",
    ),
    documented(
        "`Preference-Applied` repeats the preferences that were applied.",
        OVERVIEW,
        "service::http::headers::preferences_are_applied_and_repeated",
    ),
    decided(
        "The service ignores preferences that it does not know.",
        "RFC 7240, section 2",
        "service::http::headers::preferences_are_applied_and_repeated",
    ),
    documented(
        "`odata.include-annotations` names annotations, separated by commas; `*` means all.",
        COMPOSE,
        "service::http::headers::only_the_requested_annotations_are_included",
    ),
    documented(
        "A name in `odata.include-annotations` may end in `*`.",
        COMPOSE,
        "service::http::headers::only_the_requested_annotations_are_included",
    ),
    decided(
        "The names in `odata.include-annotations` are case-sensitive.",
        "as all names are",
        "service::http::headers::only_the_requested_annotations_are_included",
    ),
    documented(
        "`tag` in a query passes a text to plug-ins and changes no answer.",
        OPTIONAL,
        "service::http::pages::the_requests_of_the_page_of_optional_parameters",
    ),
    documented(
        "`MSCRM.SolutionUniqueName`, `MSCRM.BypassBusinessLogicExecution` and `MSCRM.SuppressCallbackRegistrationExpanderJob` change no answer.",
        OPTIONAL,
        "service::http::pages::the_requests_of_the_page_of_optional_parameters",
    ),
    documented(
        "`MSCRM.SuppressDuplicateDetection: false` does not change a create that matches no published rule.",
        OPTIONAL,
        "service::http::pages::the_requests_of_the_page_of_optional_parameters",
    ),
    documented(
        "`Consistency: Strong` and `MSCRM.BypassCustomPluginExecution` change no answer.",
        COMPOSE,
        "service::http::headers::headers_for_missing_features_change_nothing",
    ),
    decided(
        "Any token is accepted, and none is needed.",
        "whoever reaches the emulator is the administrator",
        "service::http::headers::headers_for_missing_features_change_nothing",
    ),
    documented(
        "`If-None-Match: null` is no condition; `If-None-Match: *` keeps a PATCH from updating: 412.",
        COMPOSE,
        "service::http::headers::conditions_and_the_value_null",
    ),
    documented(
        "A retrieve with the current etag in `If-None-Match` answers 304 without a body.",
        COMPOSE,
        "service::http::headers::conditions_and_the_value_null",
    ),
    documented(
        "`If-Match: *` keeps a PATCH from creating; an etag that is not current is 412.",
        COMPOSE,
        "service::http::headers::conditions_and_the_value_null",
    ),
    documented(
        "The content type of a body is `application/json`; a semicolon or parameters may follow.",
        COMPOSE,
        "service::http::headers::a_json_body_may_have_a_byte_order_mark_and_a_trailing_semicolon",
    ),
    decided(
        "A byte order mark before a body is ignored; bytes that are no UTF-8 are a 400.",
        "RFC 8259, section 8.1",
        "service::http::headers::a_json_body_may_have_a_byte_order_mark_and_a_trailing_semicolon",
    ),
    documented(
        "`WhoAmI` answers `BusinessUnitId`, `UserId` and `OrganizationId`, with its own context.",
        INSOMNIA,
        "service::http::pages::the_requests_of_the_insomnia_page",
    ),
    documented(
        "With all annotations, a page has `totalrecordcount` (-1 without `$count`), `totalrecordcountlimitexceeded` and `globalmetadataversion`.",
        INSOMNIA,
        "service::http::pages::the_requests_of_the_insomnia_page",
    ),
    documented(
        "In a set, the record of an expanded lookup has its selected properties and its key, and no etag.",
        INSOMNIA,
        "service::http::pages::the_requests_of_the_insomnia_page",
    ),
    documented(
        "A selected amount brings its currency along.",
        INSOMNIA,
        "service::http::pages::the_requests_of_the_insomnia_page",
    ),
    documented(
        "A selected row has an etag, the selected properties and its key.",
        OVERVIEW,
        "service::http::pages::the_requests_of_the_page_of_queries",
    ),
    documented(
        "A parameter alias can be a column in `$filter` and `$orderby`; one without a value is null.",
        OVERVIEW,
        "service::http::pages::the_requests_of_the_page_of_queries",
    ),
    documented(
        "The records of a collection-valued navigation property are queried at its URL.",
        OVERVIEW,
        "service::http::pages::the_requests_of_the_page_of_queries",
    ),
];
