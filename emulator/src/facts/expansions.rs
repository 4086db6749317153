//! Expansions.

use super::Fact;
use super::fact::{decided, documented, recorded};

const JOIN: &str = "webapi/query/join-tables, 2024-10-30";
const EARLIER: &str = "webapi/query/join-tables, 2024-10-22";
const RELATED: &str = "webapi/retrieve-related-entities-query, 2022-09-29";
const RECORD: &str = "webapi/retrieve-entity-using-web-api, 2022-04-19";
const MULTI: &str = "webapi/multi-level-expand, 2022-03-25";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`@odata.context` lists what is expanded, each with what it selects.",
        JOIN,
        "service::documented::joins::columns_of_related_records",
    ),
    documented(
        "In a list, the record that a lookup names has no etag.",
        JOIN,
        "service::documented::joins::columns_of_related_records",
    ),
    documented(
        "In a list, the rows of an expanded collection have etags.",
        JOIN,
        "service::documented::joins::columns_of_related_records",
    ),
    documented(
        "In a list, the rows of an expanded collection carry the lookup of the relationship.",
        JOIN,
        "service::documented::joins::columns_of_related_records",
    ),
    documented(
        "Users and teams carry `ownerid` next to their own key, with the same value.",
        JOIN,
        "service::documented::joins::single_valued_properties",
    ),
    documented(
        "A lookup without a record expands to null, a collection without records to an empty list.",
        RELATED,
        "service::queries::expansions",
    ),
    documented(
        "`nav/$ref` expands to an object with `@odata.id`.",
        JOIN,
        "service::documented::joins::references",
    ),
    documented("`nav/$ref` brings the lookup's value.", JOIN, "service::documented::joins::references"),
    documented(
        "The context of `nav/$ref` is `nav,nav/$ref()`.",
        JOIN,
        "service::documented::joins::references",
    ),
    documented(
        "`$ref` is for lookups: 400 0x80060888 in the page's words otherwise.",
        JOIN,
        "service::documented::refused_joins::references_of_collections",
    ),
    documented(
        "`nav/$count` cannot be expanded.",
        RECORD,
        "service::documented::refused_joins::references_of_collections",
    ),
    documented(
        "With expands of one level, expanded rows are whole whatever the page size.",
        JOIN,
        "service::documented::joins::expanded_collections_are_complete",
    ),
    documented(
        "Every expanded collection of a list has a next link, complete and empty ones, too.",
        RELATED,
        "service::documented::joins::expanded_collections_are_complete",
    ),
    documented(
        "With expands of one level, the link of a collection has the query's options and no token.",
        JOIN,
        "service::documented::joins::the_link_finds_the_same_rows_again",
    ),
    documented(
        "The link without a token finds the same rows again.",
        JOIN,
        "service::documented::joins::the_link_finds_the_same_rows_again",
    ),
    documented(
        "The request of the link can be paged.",
        JOIN,
        "service::documented::joins::the_link_finds_the_same_rows_again",
    ),
    documented(
        "`$select`, `$filter`, `$orderby` and `$top` apply to an expanded collection.",
        JOIN,
        "service::documented::joins::the_link_finds_the_same_rows_again",
    ),
    decided(
        "The link of an expand without options has no query.",
        "there is nothing to repeat",
        "service::documented::joins::an_expand_without_options_has_a_bare_link",
    ),
    documented(
        "No more than 5,000 rows are expanded for each collection.",
        JOIN,
        "service::documented::joins::no_more_than_5000_expanded_rows",
    ),
    recorded(
        "In a list that is a collection of a record, expanded collections have no links.",
        MULTI,
        "service::documented::joins::collections_of_a_record_have_no_links",
    ),
    documented(
        "Several many-to-many relationships can be expanded together.",
        EARLIER,
        "service::documented::joins::many_to_many_alone",
    ),
    decided(
        "Rows of a many-to-many relationship carry no lookup.",
        "they came by none",
        "service::documented::joins::many_to_many_alone",
    ),
    documented(
        "Lookups are expanded within lookups, and within those.",
        JOIN,
        "service::documented::nested_joins::nested_single_valued_properties",
    ),
    documented(
        "With an `$expand` within another, the page size applies to each expanded collection.",
        JOIN,
        "service::documented::nested_joins::a_nested_expand_pages_all_collections",
    ),
    documented(
        "With a nested expand, expanded rows have neither etags nor the lookup of the relationship.",
        JOIN,
        "service::documented::nested_joins::a_nested_expand_pages_all_collections",
    ),
    documented(
        "With a nested expand, the link of a collection goes on after its rows.",
        JOIN,
        "service::documented::nested_joins::a_nested_expand_pages_all_collections",
    ),
    documented(
        "With a nested expand, a collection that is complete has a link to an empty page.",
        JOIN,
        "service::documented::nested_joins::a_nested_expand_pages_all_collections",
    ),
    decided(
        "With a nested expand, the link of an empty collection finds the rows that are added later.",
        "each expanded collection has a link with a token; an empty one has no last row",
        "service::documented::nested_joins::an_empty_collection_has_a_link_that_finds_new_rows",
    ),
    recorded(
        "A page with nested collections has a next link although no more rows follow.",
        MULTI,
        "service::documented::nested_joins::collections_within_collections",
    ),
    recorded(
        "The empty page that ends such a list has no link.",
        MULTI,
        "service::documented::nested_joins::collections_within_collections",
    ),
    documented(
        "Without a page size, nested collections are not paged.",
        JOIN,
        "service::documented::nested_joins::without_a_page_size_nested_collections_are_complete",
    ),
    recorded(
        "In one record, a collection within a collection is empty, whatever there is.",
        MULTI,
        "service::documented::nested_joins::one_record_with_a_collection_within_a_collection",
    )
    .refused_by_strict(),
    recorded(
        "In one record with a nested expand, a collection has a page and a link if more rows follow.",
        MULTI,
        "service::documented::nested_joins::one_record_with_a_collection_within_a_collection",
    ),
    documented(
        "`$top` and `$orderby` are refused anywhere in a query with a nested expand, in the page's words.",
        JOIN,
        "service::documented::refused_joins::top_and_order_with_a_nested_expand",
    ),
    documented(
        "`$filter` is taken together with a nested expand.",
        JOIN,
        "service::documented::refused_joins::top_and_order_with_a_nested_expand",
    ),
    documented(
        "`$filter`, `$orderby` and `$top` are for collections.",
        JOIN,
        "service::documented::refused_joins::options_of_single_valued_properties",
    ),
    documented(
        "`$skip`, `$count`, `$search` and `$levels` are not supported in `$expand`.",
        JOIN,
        "service::documented::refused_joins::unknown_options_of_expands",
    ),
    documented(
        "A query has no more than 15 `$expand` options, the nested ones included.",
        RELATED,
        "service::documented::refused_joins::a_query_expands_at_most_15_properties",
    ),
    documented(
        "A many-to-many relationship is refused in a query with a nested expand, in the page's words.",
        JOIN,
        "service::documented::refused_joins::many_to_many_with_others",
    ),
    documented(
        "A many-to-many relationship is not expanded together with others.",
        EARLIER,
        "service::documented::refused_joins::many_to_many_with_others",
    ),
    documented(
        "In one record, expanded lookups and collections have etags.",
        RECORD,
        "service::documented::single_record::an_expanded_lookup_has_an_etag",
    ),
    documented(
        "In one record, an expanded collection has no link and its rows no lookup.",
        RECORD,
        "service::documented::single_record::an_expanded_collection_has_etags_and_no_link",
    ),
    documented(
        "Dataverse ignores blanks around the options of an expand.",
        RECORD,
        "service::documented::single_record::blanks_around_options",
    ),
    documented(
        "In one record, `$filter`, `$orderby` and `$top` apply to an expanded collection.",
        RECORD,
        "service::documented::single_record::options_of_an_expanded_collection",
    ),
    documented(
        "In one record, lookups are expanded within lookups.",
        RECORD,
        "service::documented::single_record::nested_lookups",
    ),
    recorded(
        "Tasks, their contacts, those contacts' accounts and who created these come in one answer.",
        "webapi/web-api-query-data-sample, 2023-04-14",
        "service::documented::sample::tasks_with_the_account_of_their_contact",
    ),
    recorded(
        "`ownerid` expands to `ownerid` alone, with the `@odata.type` of a user or a team.",
        "the `$metadata` of a real org, npm dataverse-gen 2.0.15: `principal` has one property",
        "service::queries::expansions",
    ),
];
