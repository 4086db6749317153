//! Lookups and references.

use super::Fact;
use super::fact::{decided, documented, reported};

const CREATE: &str = "webapi/create-entity-web-api, 2023-07-22";
const UPDATE: &str = "webapi/update-delete-entities-using-web-api, 2023-07-22";
const ASSOCIATE: &str = "webapi/associate-disassociate-entities-using-web-api, 2022-08-15";
const PROPERTIES: &str = "webapi/web-api-properties, 2022-04-06";
const NAVIGATION: &str = "webapi/web-api-navigation-properties, 2022-04-06";
const RETRIEVE: &str = "webapi/retrieve-entity-using-web-api, 2022-04-19";
const WEBERRORS: &str =
    "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`nav@odata.bind` with a record's URL sets a lookup.",
        ASSOCIATE,
        "service::pages::associate::single_valued_navigation_properties",
    ),
    documented(
        "`nav@odata.bind: null` clears a lookup.",
        ASSOCIATE,
        "service::pages::associate::single_valued_navigation_properties",
    ),
    documented(
        "`nav: null` clears a lookup.",
        ASSOCIATE,
        "service::pages::associate::single_valued_navigation_properties",
    ),
    documented(
        "Several lookups are cleared by one update.",
        "webapi/associate-disassociate-entities-using-web-api, 2021-05-03",
        "service::pages::associate::several_lookups_are_cleared_at_once",
    ),
    documented(
        "Both forms clear a custom lookup, too.",
        ASSOCIATE,
        "service::rules::lookups::lookups_are_cleared_by_null_in_either_form",
    ),
    documented(
        "PUT of `nav/$ref` with `@odata.id` sets a lookup and answers 204.",
        ASSOCIATE,
        "service::pages::associate::single_valued_navigation_properties",
    ),
    documented(
        "DELETE of `nav/$ref` clears a lookup and answers 204.",
        ASSOCIATE,
        "service::rules::references::references_are_read_set_and_removed",
    ),
    documented(
        "The `@odata.id` of a reference is an absolute URL.",
        ASSOCIATE,
        "service::rules::references::references_are_absolute_urls",
    ),
    decided(
        "The `$id` of a reference is an absolute URL.",
        "the documentation shows no other",
        "service::rules::references::references_are_absolute_urls",
    ),
    decided(
        "A reference without `@odata.id` is refused.",
        "OData reads a reference from `@odata.id`, and the documentation shows no other form",
        "service::rules::references::references_are_absolute_urls",
    ),
    documented(
        "A reference of a single-valued navigation property has no `$id`.",
        "webapi/associate-disassociate-entities-using-web-api, 2021-05-03",
        "service::rules::references::references_are_absolute_urls",
    ),
    decided(
        "A reference to a record of another table is refused.",
        "a lookup names its tables",
        "service::rules::references::references_are_absolute_urls",
    ),
    documented(
        "POST of `collection/$ref` adds a record to a collection and answers 204.",
        ASSOCIATE,
        "service::pages::associate::records_join_and_leave_a_collection",
    ),
    documented(
        "DELETE of `collection(id)/$ref` removes a record from a collection, and the record stays.",
        ASSOCIATE,
        "service::pages::associate::records_join_and_leave_a_collection",
    ),
    documented(
        "DELETE of `collection/$ref?$id=url` removes a record from a collection.",
        ASSOCIATE,
        "service::pages::associate::records_join_and_leave_a_collection",
    ),
    decided(
        "DELETE of `collection/$ref` without a record is refused.",
        "the documentation names the record in both of its forms",
        "service::pages::associate::records_join_and_leave_a_collection",
    ),
    decided(
        "Removing a record that is not in the collection is 404.",
        "the relationship does not exist",
        "service::rules::references::references_are_read_set_and_removed",
    ),
    documented(
        "Many-to-many relationships are collections of both tables, and are changed as others are.",
        ASSOCIATE,
        "service::rules::references::many_to_many_is_associated_from_both_sides",
    ),
    decided(
        "Adding a pair that is there changes nothing.",
        "the documentation does not say, and the pair is there",
        "service::rules::references::many_to_many_is_associated_from_both_sides",
    ),
    documented(
        "A role is added to a user by `systemuserroles_association/$ref`.",
        ASSOCIATE,
        "service::pages::associate::a_role_is_added_to_a_user",
    ),
    decided(
        "POST to a collection of a record creates a record that refers to it.",
        "OData 4.0 Protocol, section 11.4.2; no page shows it",
        "service::rules::references::a_collection_of_a_record_accepts_new_records",
    ),
    documented(
        "`collection/$ref` answers a list of `@odata.id` with the context `$metadata#Collection($ref)`.",
        RETRIEVE,
        "service::pages::retrieve::navigation_property_values",
    ),
    documented(
        "`collection/$count` answers a number after a byte order mark.",
        RETRIEVE,
        "service::pages::retrieve::navigation_property_values",
    ),
    documented(
        "A navigation property of a record is read at its own URL, with the context of the other set.",
        RETRIEVE,
        "service::pages::retrieve::navigation_property_values",
    ),
    documented(
        "An expanded record has its key and its etag.",
        RETRIEVE,
        "service::pages::retrieve::expanded_navigation_properties",
    ),
    documented(
        "`$expand=nav/$ref` answers the URL of the record.",
        RETRIEVE,
        "service::pages::retrieve::expanded_navigation_properties",
    ),
    documented(
        "Blanks around `=` and after commas are allowed within the parentheses of `$expand`.",
        RETRIEVE,
        "service::pages::retrieve::expanded_navigation_properties",
    ),
    documented(
        "A retrieve with `$select` has the context, the etag, the key and what is selected.",
        RETRIEVE,
        "service::pages::retrieve::specific_properties",
    ),
    documented(
        "Setting one branch of a multi-table lookup sets the others to null.",
        NAVIGATION,
        "service::pages::associate::a_multi_table_lookup_names_one_record",
    ),
    documented(
        "One branch of a customer lookup replaces the other, and `lookuplogicalname` tells which it is.",
        NAVIGATION,
        "service::rules::lookups::one_branch_of_a_polymorphic_lookup_replaces_the_other",
    ),
    documented(
        "The property `_x_value` of a lookup is computed: it is not written.",
        PROPERTIES,
        "service::rules::lookups::lookups_are_not_set_by_a_value",
    ),
    reported(
        "Setting a lookup by a value is refused: CRM do not support direct update of Entity Reference properties.",
        "answer 74303092, copied from a question-and-answer site",
        "service::rules::lookups::lookups_are_not_set_by_a_value",
    ),
    documented(
        "A lookup is bound by a relative URL with or without a slash, by an absolute URL, or by the path of the service.",
        CREATE,
        "service::rules::lookups::lookups_are_bound_in_every_form_of_url",
    ),
    decided(
        "Binding a record that does not exist is 404 0x80040217.",
        "as for a record that is read: webapi/insomnia has the status, the code and the words",
        "service::rules::lookups::lookups_are_bound_in_every_form_of_url",
    ),
    documented(
        "A name with annotations alone that is no navigation property is refused with 400 0x80048d19.",
        WEBERRORS,
        "service::pages::associate::a_multi_table_lookup_names_one_record",
    ),
    decided(
        "Binding a record of a table that the navigation property does not lead to is refused.",
        "a navigation property leads to the tables that it declares",
        "service::pages::associate::a_multi_table_lookup_names_one_record",
    ),
    documented(
        "The owner cannot be null.",
        UPDATE,
        "service::pages::update::a_required_column_cannot_be_null",
    ),
];
