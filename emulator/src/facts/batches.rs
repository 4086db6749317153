//! Batches and bulk messages.

use super::Fact;
use super::fact::{decided, documented, reported};

const UPSERT: &str = "use-upsert-insert-update-record, 2026-03-09";
const BATCH: &str = "webapi/execute-batch-operations-using-web-api, 2023-01-14";
const BULK: &str = "bulk-operations, 2025-01-31";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "DELETE of `collection/$ref?$id=url` within a batch removes the reference, and the record stays.",
        "webapi/associate-disassociate-entities-using-web-api, 2022-08-15",
        "service::pages::batch::a_reference_is_removed_by_its_url",
    ),
    documented(
        "The requests of a batch are answered in their order.",
        BATCH,
        "service::pages::batch::a_batch_without_change_sets",
    ),
    documented(
        "The boundary of a batch's answer starts with `batchresponse_`, that of a change set with `changesetresponse_`.",
        BATCH,
        "service::pages::batch::a_change_set_and_a_read_after_it",
    ),
    documented(
        "The answer to each request of a change set repeats its content-id.",
        BATCH,
        "service::pages::batch::a_change_set_and_a_read_after_it",
    ),
    documented(
        "A change set happens as a whole.",
        BATCH,
        "service::batches::a_change_set_is_carried_out_as_a_whole",
    ),
    documented("A change set that fails leaves nothing, and answers one error in place of its parts.", BATCH, "service::batches::a_failed_change_set_changes_nothing"),
    documented("`$1` in a body is the URL of the record that the request with that content-id created.", BATCH, "service::pages::batch::uris_in_bodies_urls_and_references"),
    documented("`$1` can start a request's URL, with a path after it.", BATCH, "service::pages::batch::uris_in_bodies_urls_and_references"),
    documented("`$1` and `$2` can be the URL of a request and the `@odata.id` of a reference.", BATCH, "service::batches::content_ids_work_in_urls_and_references"),
    documented(
        "A content-id before it is declared is 400: Content-ID Reference: '$1' does not exist in the batch context.",
        BATCH,
        "service::pages::batch::a_content_id_before_it_is_declared",
    ),
    documented(
        "Content-ids mean nothing outside of their change set.",
        BATCH,
        "service::batches::an_unknown_content_id_is_refused",
    ),
    documented(
        "Parts that create or update a record have `Location` and `OData-EntityId`.",
        BATCH,
        "service::rules::headers::parts_of_a_batch",
    ),
    documented(
        "A part that sets a single column or a reference has neither.",
        BATCH,
        "service::pages::batch::uris_in_bodies_urls_and_references",
    ),
    documented(
        "Parts with rows have the content type `application/json; odata.metadata=minimal; odata.streaming=true`.",
        BATCH,
        "service::rules::headers::parts_of_a_batch",
    ),
    documented(
        "Without `odata.continue-on-error` the first error ends a batch, and its status is the batch's.",
        BATCH,
        "service::batches::the_first_error_ends_a_batch",
    ),
    documented(
        "With `Prefer: odata.continue-on-error` the batch answers 200, and the errors are in its parts.",
        BATCH,
        "service::batches::continue_on_error_continues_after_an_error",
    ),
    documented(
        "An error in a batch has the JSON content type, the code and the text that it has outside.",
        BATCH,
        "service::pages::batch::errors",
    ),
    documented(
        "A change set cannot hold a GET request.",
        BATCH,
        "service::batches::malformed_batches_are_refused",
    ),
    documented("A batch cannot hold another batch.", BATCH, "service::batches::malformed_batches_are_refused"),
    documented("A batch holds at most 1,000 requests.", BATCH, "service::batches::malformed_batches_are_refused"),
    decided("A batch whose closing boundary is missing is refused with 400 0x80048d19: Stream was not readable.", "the page web-api-client-errors has this answer for line ends that are missing; a boundary that is missing cannot be read either", "service::batches::malformed_batches_are_refused"),
    decided(
        "The user on whose behalf a batch acts is the one of its parts, unless they name another.",
        "the documentation puts the header on requests",
        "service::batches::the_headers_of_a_batch_name_its_caller",
    ),
    decided(
        "A change set changes nothing through a navigation property.",
        "it is refused outside of change sets",
        "service::rules::through_navigation::a_change_set_changes_nothing_through_navigation_either",
    ),
    documented(
        "CreateMultiple answers 200 with the ids in the order of its targets.",
        BULK,
        "service::rules::upserts::bulk_messages_are_carried_out_as_a_whole",
    ),
    documented(
        "UpdateMultiple and UpsertMultiple answer 204 without a body.",
        BULK,
        "service::pages::bulk::create_update_and_upsert",
    ),
    documented(
        "Each target of a bulk message needs its `@odata.type`.",
        BULK,
        "service::rules::upserts::bulk_messages_are_carried_out_as_a_whole",
    ),
    documented(
        "A bulk message on a standard table happens as a whole.",
        BULK,
        "service::rules::upserts::bulk_messages_are_carried_out_as_a_whole",
    ),
    documented(
        "UpdateMultiple does not take alternate keys.",
        BULK,
        "service::rules::upserts::bulk_messages_are_carried_out_as_a_whole",
    ),
    documented("UpdateMultiple changes a record that two targets name as the first of them says, and ignores the others.", BULK, "service::rules::upserts::repeated_targets").refused_by_strict(),
    documented(
        "UpsertMultiple refuses targets that name one record twice.",
        BULK,
        "service::rules::upserts::repeated_targets",
    ),
    decided(
        "The refusal of targets that name one record twice is 412 0x80040237.",
        "the documentation says that there is an error, not which",
        "service::rules::upserts::repeated_targets",
    ),
    documented(
        "UpsertMultiple names a record by the URL of an alternate key in `@odata.id`.",
        BULK,
        "service::pages::bulk::create_update_and_upsert",
    ),
    documented(
        "The columns of an alternate key in the body alone name no record: UpsertMultiple creates, and the key is violated.",
        UPSERT,
        "service::rules::upserts::upsert_multiple_uses_the_url_or_the_primary_key",
    ),
    reported(
        "UpsertMultiple with a key both in `@odata.id` and in the body is 400 0x80040216 where it would create.",
        "github.com/microsoft/PowerPlatform-DataverseClient-Python, pull request 127",
        "service::rules::upserts::upsert_multiple_refuses_a_key_that_is_in_the_body_of_a_create_too",
    ),
    reported(
        "UpsertMultiple with a key both in `@odata.id` and in the body is 204 where it updates.",
        "github.com/microsoft/PowerPlatform-DataverseClient-Python, pull request 127",
        "service::rules::upserts::upsert_multiple_refuses_a_key_that_is_in_the_body_of_a_create_too",
    ),
    documented(
        "Standard tables have no DeleteMultiple.",
        BULK,
        "service::rules::upserts::bulk_messages_are_carried_out_as_a_whole",
    ),
];
