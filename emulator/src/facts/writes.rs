//! Creates, updates, deletions.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

const CREATE: &str = "webapi/create-entity-web-api, 2023-07-22";
const UPDATE: &str = "webapi/update-delete-entities-using-web-api, 2023-07-22";
const ASSOCIATE: &str = "webapi/associate-disassociate-entities-using-web-api, 2022-08-15";
const UPSERT: &str = "use-upsert-insert-update-record, 2026-03-09";
const CONDITIONAL: &str = "webapi/perform-conditional-operations-using-web-api, 2022-04-06";
const PROPERTIES: &str = "webapi/web-api-properties, 2022-04-06";
const BATCH: &str = "webapi/execute-batch-operations-using-web-api, 2023-01-14";
const COMPOSE: &str = "webapi/compose-http-requests-handle-errors, 2023-04-14";
const COLUMNS: &str = "entity-attribute-metadata, 2023-12-12";
const IMPERSONATE: &str = "webapi/impersonate-another-user-web-api, 2022-04-06";
const DUPLICATES: &str = "webapi/manage-duplicate-detection-create-update, 2022-12-31";
const CASCADE: &str = "configure-entity-relationship-cascading-behavior, 2021-03-11";
const WEBERRORS: &str =
    "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07";
const SESSIONEVENT: &str = "ce/developer/reference/entities/msdyn_sessionevent (MicrosoftDocs/dynamics-365-customer-engagement), generated without a date";
const CSDL: &str = "`$metadata` of a real org, npm dataverse-gen 2.0.15";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "Collections that are expanded within expanded records come without data in a representation.",
        CREATE,
        "service::pages::create::a_representation_has_no_nested_collections",
    ),
    documented(
        "A table that enforces state transitions lets a status be followed by those that its TransitionData names.",
        "define-custom-state-model-transitions, 2021-03-11",
        "service::rules::updates::transitions_are_enforced_if_the_table_enables_them",
    ),
    decided(
        "The refusal of a state transition is 400 0x80048408.",
        "the documentation says that there is an error, not which",
        "service::rules::updates::transitions_are_enforced_if_the_table_enables_them",
    ),
    documented(
        "A record is assigned by `ownerid@odata.bind`, and `owninguser` or `owningteam` follows.",
        SESSIONEVENT,
        "service::rules::owners::a_record_is_assigned_to_a_user_or_a_team",
    ),
    documented(
        "The owner of a record is a user or a team.",
        COLUMNS,
        "service::rules::owners::an_owner_is_an_existing_user_or_team",
    ),
    recorded(
        "There is no entity set of owners.",
        "`$metadata` of a real org, npm dataverse-gen 2.0.15",
        "service::rules::owners::an_owner_is_an_existing_user_or_team",
    ),
    decided(
        "A deep insert nests 20 records at most.",
        "the documentation names no limit, and a program that nests deeper is wrong",
        "service::rules::creates::deep_inserts_are_bounded",
    ),
    documented(
        "A deep insert creates the records of many-to-many relationships, too.",
        CREATE,
        "service::rules::creates::deep_inserts_are_bounded",
    ),
    documented(
        "A create answers 204 with the record's URL in `OData-EntityId`.",
        CREATE,
        "service::pages::create::basic_create",
    ),
    documented(
        "A create without a representation has no body.",
        CREATE,
        "service::rules::creates::a_create_returns_204_with_the_record_url",
    ),
    documented(
        "A create with `return=representation` answers 201 without `OData-EntityId`.",
        CREATE,
        "service::pages::create::create_with_data_returned",
    ),
    documented(
        "The representation of a create follows `$select` and `$expand`.",
        CREATE,
        "service::pages::create::associate_table_rows_on_create",
    ),
    documented(
        "A representation has the selected columns, the key and the etag.",
        CREATE,
        "service::rules::creates::a_create_returns_the_record_if_that_is_preferred",
    ),
    documented(
        "Answers with a representation have `ETag`, `Preference-Applied` and the JSON content type.",
        UPSERT,
        "service::rules::headers::answers_with_the_record",
    ),
    documented(
        "Answers without a body have `OData-EntityId` after creates and updates.",
        ASSOCIATE,
        "service::rules::headers::answers_without_a_body",
    ),
    documented(
        "The answer to a single column, a reference or a deletion has no `OData-EntityId`.",
        BATCH,
        "service::rules::headers::answers_without_a_body",
    ),
    decided(
        "`Location` goes with `OData-EntityId` outside of batches, too.",
        "the documentation prints both within batches",
        "service::rules::headers::answers_without_a_body",
    ),
    documented(
        "The answer to a retrieve has the record's `ETag`.",
        IMPERSONATE,
        "service::rules::headers::answers_of_reads",
    ),
    documented(
        "Errors are JSON with `OData-Version`.",
        CONDITIONAL,
        "service::rules::headers::answers_of_reads",
    ),
    documented(
        "`Preference-Applied` names the preferences that were followed.",
        CREATE,
        "service::rules::headers::applied_preferences_are_named",
    ),
    documented(
        "A create whose primary key is taken is 412 0x80040237 (DuplicateRecord).",
        COMPOSE,
        "service::rules::creates::a_primary_key_may_be_chosen_once",
    ),
    documented(
        "A create fills owner, business unit, state, status, who and when.",
        SESSIONEVENT,
        "service::rules::creates::a_create_sets_the_columns_of_the_server",
    ),
    recorded(
        "A session event has 24 properties.",
        CSDL,
        "service::rules::creates::a_create_sets_the_columns_of_the_server",
    ),
    decided(
        "`createdon` is the time of the service's clock.",
        "the clock can be set, so that tests are the same every time",
        "service::rules::creates::a_create_has_the_time_that_the_clock_was_set_to",
    ),
    decided(
        "`overriddencreatedon` becomes `createdon`, and `modifiedon` is the time of the create.",
        "the privilege prvOverrideCreatedOnCreatedBy is documented (gg328108), its effect on other columns is not",
        "service::rules::creates::an_overridden_created_on_becomes_created_on",
    ),
    documented(
        "A column that is not valid for the operation is ignored without an error.",
        COLUMNS,
        "service::rules::creates::invalid_columns_are_silently_ignored",
    )
    .refused_by_strict(),
    documented(
        "A computed column cannot be set: its value is ignored.",
        PROPERTIES,
        "service::rules::value_kinds::a_wrong_type_is_refused_even_if_the_column_is_ignored",
    ),
    decided(
        "Strict mode refuses a value that Dataverse would ignore.",
        "strict mode is the emulator's own",
        "service::rules::creates::strict_mode_refuses_invalid_columns",
    ),
    documented(
        "A member that is no property is refused with 400 0x0 and Microsoft's words.",
        WEBERRORS,
        "service::rules::creates::unknown_members_are_refused",
    ),
    documented(
        "A deep insert creates the records inside, and the records inside those, or nothing.",
        CREATE,
        "service::pages::create::create_related_table_rows_in_one_operation",
    ),
    documented(
        "A deep insert happens as a whole.",
        CREATE,
        "service::rules::creates::a_deep_insert_creates_nested_records",
    ),
    decided(
        "A record inside the body of an update or of an upsert is refused with 400 0x80060888: Deep update of navigation properties is not allowed.",
        "a public guide quotes code and words; the page on updates has no such body",
        "service::rules::creates::a_deep_insert_creates_nested_records",
    ),
    decided(
        "An update with the parties of an activity (`<table>_activity_parties`) replaces all of them.",
        "the pages describe parties in creates; no page says what an update with some of the lists does to the others",
        "service::rules::updates::an_update_replaces_the_parties_of_an_activity",
    ),
    documented(
        "A create with `@odata.bind` on a collection puts existing records into it.",
        CREATE,
        "service::pages::create::associate_table_rows_on_create",
    ),
    documented(
        "Dataverse ignores annotations in the body of a create, as those of the answer of InitializeFrom.",
        CREATE,
        "service::pages::create::create_from_the_answer_of_initialize_from",
    ),
    documented(
        "`MSCRM.SuppressDuplicateDetection` is accepted with both values; without duplicate rules nothing is found.",
        DUPLICATES,
        "service::pages::create::duplicate_detection_finds_nothing_without_rules",
    ),
    documented(
        "`CallerObjectId` names the user on whose behalf a record is created; the user who acts is `createdonbehalfby`.",
        IMPERSONATE,
        "service::pages::create::a_create_on_behalf_of_another_user",
    ),
    documented(
        "An expanded user has `systemuserid` and `ownerid`, whatever is selected.",
        IMPERSONATE,
        "service::pages::create::a_create_on_behalf_of_another_user",
    ),
    documented(
        "An update changes the columns that it names, and null clears a column.",
        UPDATE,
        "service::rules::updates::an_update_changes_only_its_columns_and_null_clears",
    ),
    documented(
        "An update with `return=representation` answers 200 with the record, and its `$expand` is ignored.",
        UPDATE,
        "service::pages::update::update_with_data_returned",
    ),
    documented(
        "PUT sets a single property from `value`, DELETE clears it; both answer 204.",
        UPDATE,
        "service::pages::update::single_property_values",
    ),
    documented(
        "A column that the platform requires cannot be set to null.",
        UPDATE,
        "service::pages::update::a_required_column_cannot_be_null",
    ),
    documented(
        "Dataverse does not enforce columns that the application requires.",
        COLUMNS,
        "service::pages::update::a_required_column_cannot_be_null",
    ),
    documented(
        "A state without a status brings the state's default status.",
        UPDATE,
        "service::pages::update::a_state_alone_brings_its_default_status",
    ),
    reported(
        "A status that does not belong to the state is refused with 400 0x80048408, which names the state as in `AccountState.Active`.",
        "techqa.club, create-inactive-account-65294197",
        "service::rules::updates::state_and_status_must_match",
    ),
    reported(
        "The state in a create is ignored, and the status is held against the initial state.",
        "techqa.club, create-inactive-account-65294197",
        "service::rules::updates::state_and_status_must_match",
    ),
    decided(
        "A status alone has to belong to the state that the record has.",
        "reports show it for creates",
        "service::rules::updates::state_and_status_must_match",
    ),
    documented(
        "An etag in `If-Match` that is not the record's refuses an update or a deletion with 412.",
        CONDITIONAL,
        "service::pages::conditional::optimistic_concurrency",
    ),
    documented(
        "The code of a version mismatch is 0x80060882.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.messages.deleterequest.concurrencybehavior, generated without a date",
        "service::rules::updates::etags_guard_updates_and_deletions",
    ),
    decided(
        "`If-Match` guards a single property, too.",
        "the documentation shows records only",
        "service::pages::conditional::optimistic_concurrency",
    ),
    documented(
        "A retrieve whose `If-None-Match` names the record's etag answers 304 without a body, with the JSON content type.",
        CONDITIONAL,
        "service::pages::conditional::conditional_retrievals",
    ),
    documented(
        "A retrieve with `$expand` or annotations never answers 304.",
        CONDITIONAL,
        "service::rules::updates::a_conditional_get_answers_304_without_expand",
    ),
    documented(
        "A deletion answers 204, and 404 if there is no record.",
        UPDATE,
        "service::pages::update::basic_delete",
    ),
    documented(
        "A deletion deletes, unlinks or is refused as the relationship's cascade says.",
        CASCADE,
        "service::rules::deletions::a_deletion_follows_the_relationships",
    ),
    documented(
        "A deletion that a relationship restricts is 405 (CannotDeleteDueToAssociation).",
        COMPOSE,
        "service::rules::deletions::a_deletion_follows_the_relationships",
    ),
    decided(
        "A cycle of cascading relationships is deleted once.",
        "the documentation says only that a running cascade is not run again",
        "service::rules::deletions::a_cycle_of_cascades_ends",
    ),
    documented(
        "DELETE of a single-valued navigation property does not disassociate, and deletes nothing.",
        UPDATE,
        "service::rules::through_navigation::a_lookup_changes_nothing_of_its_record",
    ),
    decided(
        "A record that is reached through a navigation property is read only: 405.",
        "the documentation changes records by their own URL, and 405 is its answer to methods that do not fit",
        "service::rules::through_navigation::a_lookup_changes_nothing_of_its_record",
    ),
    decided(
        "A record that is reached through a collection is read only: 405.",
        "the documentation changes records by their own URL, and 405 is its answer to methods that do not fit",
        "service::rules::through_navigation::a_collection_changes_nothing_of_its_records",
    ),
    documented(
        "A collection of records takes neither DELETE nor PATCH: 405.",
        COMPOSE,
        "service::rules::through_navigation::sets_and_records_have_their_own_methods",
    ),
    documented(
        "Whatever changes happen, records, lookups and etags are what the requests say.",
        UPDATE,
        "properties::change_sequences::sequences::changes_leave_what_a_model_says",
    ),
    documented("An update with `If-Match: *` answers 204.", UPDATE, "service::pages::update::basic_update"),
];
