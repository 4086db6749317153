//! Alternate keys and upserts.

use super::Fact;
use super::fact::{decided, documented};

const UPDATE: &str = "webapi/update-delete-entities-using-web-api, 2023-07-22";
const KEYS: &str = "use-alternate-key-reference-record, 2022-08-09";
const DEFINEKEYS: &str = "define-alternate-keys-entity, 2026-03-30";
const UPSERT: &str = "use-upsert-insert-update-record, 2026-03-09";
const CONDITIONAL: &str = "webapi/perform-conditional-operations-using-web-api, 2022-04-06";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "A PATCH of a record that does not exist creates it.",
        UPDATE,
        "service::rules::updates::a_patch_creates_unless_if_match_forbids_it",
    ),
    documented(
        "With `return=representation`, an upsert answers 201 where it creates and 200 where it updates.",
        UPSERT,
        "service::pages::keys::upserts_by_two_columns",
    ),
    documented(
        "An upsert by an alternate key repeats the key's URL in `OData-EntityId`, whether it creates or updates.",
        UPSERT,
        "service::pages::keys::upserts_by_two_columns",
    ),
    documented(
        "`If-Match: *` prevents the create of an upsert: 404.",
        CONDITIONAL,
        "service::pages::conditional::limited_upserts",
    ),
    documented(
        "`If-None-Match: *` prevents the update of an upsert: 412.",
        CONDITIONAL,
        "service::pages::conditional::limited_upserts",
    ),
    documented(
        "A record is named by its id, by its named id, or by an alternate key.",
        KEYS,
        "service::pages::keys::records_are_named_in_four_ways",
    ),
    documented(
        "Users and teams have no named primary key.",
        KEYS,
        "service::pages::keys::records_are_named_in_four_ways",
    ),
    documented(
        "Columns that are no key are refused with 400 and Microsoft's words.",
        KEYS,
        "service::pages::keys::records_are_named_in_four_ways",
    ),
    documented(
        "A lookup is part of a key by its property `_x_value`.",
        KEYS,
        "service::rules::upserts::a_lookup_is_a_key_by_its_property",
    ),
    documented(
        "A quote in a key is doubled.",
        "webapi/query/filter-rows, 2025-03-14",
        "service::rules::alternate_keys::alternate_keys_find_records",
    ),
    documented(
        "GET and PATCH do not work with a key whose value has one of / < > * % & : \\ ? +.",
        DEFINEKEYS,
        "service::pages::keys::some_characters_name_no_record",
    ),
    documented(
        "An update by an alternate key does not change the columns of that key.",
        UPSERT,
        "service::rules::upserts::an_update_by_an_alternate_key_leaves_the_key",
    ),
    documented(
        "The columns of a key are changed through the primary key or another key.",
        UPSERT,
        "service::rules::upserts::an_update_by_an_alternate_key_leaves_the_key",
    ),
    documented(
        "An upsert by an alternate key that creates copies the key from the URL.",
        UPSERT,
        "service::rules::upserts::a_create_by_an_alternate_key_has_the_key",
    ),
    documented(
        "An upsert that creates uses the values of the key in the body, even if those in the URL differ.",
        UPSERT,
        "service::rules::upserts::a_create_by_an_alternate_key_has_the_key",
    ),
    decided(
        "A second record with the values of an alternate key is refused with 412 0x80060892.",
        "the code is `DuplicateRecordEntityKey` in Microsoft's list of errors; 412 is what the page on HTTP gives to `DuplicateRecord`",
        "service::rules::alternate_keys::alternate_keys_are_unique",
    ),
    decided(
        "Alternate keys are compared as texts are, and records without a value do not collide.",
        "the index of a key follows the database's collation",
        "service::rules::alternate_keys::alternate_keys_are_unique",
    ),
    documented(
        "An upsert names its record by an alternate key or by the primary key, and creates it with that key.",
        UPDATE,
        "service::pages::update::upsert_a_table_row",
    ),
];
