//! FetchXML: columns and links.

use crate::facts::Fact;
use crate::facts::fact::{decided, documented};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "FetchXML names columns by logical names; a lookup is answered as `_x_value`.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::columns_and_lookups_by_logical_name",
    ),
    documented(
        "A row of FetchXML has an etag and the key of its record, whether the key is asked for or not.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::columns_and_lookups_by_logical_name",
    ),
    documented(
        "Formatted values of FetchXML rows are annotations, as in OData queries.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::columns_and_lookups_by_logical_name",
    ),
    documented(
        "The `alias` of an attribute renames the member.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::an_alias_renames_a_column",
    ),
    documented(
        "A member with an alias has the annotation `OData.Community.Display.V1.AttributeName` with the name of its column.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::an_alias_renames_a_column",
    ),
    documented(
        "A lookup with an alias is a member of that name, without `_x_value`, with its formatted value and `lookuplogicalname`.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::an_alias_renames_a_column",
    ),
    documented(
        "FetchXML leaves columns without a value out of a row.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::columns::empty_columns_are_left_out",
    ),
    documented(
        "A query without attributes, and one with `all-attributes`, returns all columns.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::a_query_without_attributes_returns_all_columns",
    ),
    decided(
        "`no-attrs` returns the keys alone.",
        "the element is among the valid ones, and no page says more",
        "service::fetch_xml::columns::a_query_without_attributes_returns_all_columns",
    ),
    documented(
        "An attribute that is named twice is answered once.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::columns::a_column_twice_is_there_once",
    ),
    documented(
        "Two columns with one alias are refused: each column must have a unique name.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::columns::a_column_twice_is_there_once",
    ),
    documented(
        "`distinct` leaves out duplicates.",
        "fetchxml/overview, 2024-03-05",
        "service::fetch_xml::columns::distinct_rows_have_no_key",
    ),
    documented(
        "Rows of a `distinct` query have no primary key.",
        "fetchxml/overview, 2024-03-05",
        "service::fetch_xml::columns::distinct_rows_have_no_key",
    ),
    decided(
        "Rows of a `distinct` query have no etag.",
        "a row of several records has no version",
        "service::fetch_xml::columns::distinct_rows_have_no_key",
    ),
    decided(
        "`returntotalrecordcount` of a `distinct` query counts the distinct rows.",
        "the count is that of the rows that all pages have together",
        "service::fetch_xml::columns::distinct_rows_have_no_key",
    ),
    documented(
        "`distinct` returns a record once that a link joins with several rows.",
        "fetchxml/overview, 2024-03-05",
        "service::fetch_xml::columns::distinct_parents_of_many_rows",
    ),
    documented(
        "A many-to-one link joins by `from`, the key of the linked table, and `to`, the lookup.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::a_many_to_one_link",
    ),
    documented(
        "Columns of a link are members named `alias.column`.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::a_many_to_one_link",
    ),
    documented(
        "`top` limits the rows after all joins.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::a_many_to_one_link",
    ),
    documented(
        "A one-to-many link returns a row for each linked row.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::a_one_to_many_link",
    ),
    documented(
        "The `link-type` is `inner` unless it is said.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::a_one_to_many_link",
    ),
    documented(
        "A link without an alias gets the name of its table and its number: `account1`.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::a_one_to_many_link",
    ),
    decided(
        "Columns of links have the annotations of values, and `AttributeName` with the name of their column.",
        "the page on columns shows it for aliases; the names of links' columns are such, too",
        "service::fetch_xml::joins::columns_of_links_have_annotations",
    ),
    documented(
        "An `alias` of a column of a link replaces the whole name.",
        "fetchxml/select-columns, 2024-02-29",
        "service::fetch_xml::joins::columns_of_links_have_annotations",
    ),
    documented(
        "A many-to-many link goes through the intersect table, which has the keys of both tables.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::many_to_many_through_the_intersect_table",
    ),
    documented(
        "`intersect` may be left out.",
        "fetchxml/reference/link-entity, 2023-08-31",
        "service::fetch_xml::joins::many_to_many_through_the_intersect_table",
    ),
    documented(
        "`from` and `to` may be columns without a relationship; texts match as comparisons do.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::columns_without_a_relationship",
    ),
    documented(
        "An `outer` link keeps rows without a match.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::an_outer_link_keeps_rows_without_a_match",
    ),
    documented(
        "A filter within an `outer` link is applied with the join.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::joins::an_outer_link_keeps_rows_without_a_match",
    ),
    documented(
        "An `outer` link and a condition `null` with `entityname` find records that are not in a set.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::rows_that_are_not_in_a_set",
    ),
    documented(
        "A condition with `entityname` is applied after the join.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::joins::a_filter_after_an_outer_join",
    ),
    documented(
        "`entityname` is the alias of a link, or the name of its table where it has no alias.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::joins::a_filter_after_an_outer_join",
    ),
    documented(
        "`exists` and `in` return a parent once, however many rows match.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::exists_and_in_return_a_parent_once",
    ),
    documented(
        "`exists` and `in` return no columns of the link.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::exists_and_in_return_a_parent_once",
    ),
    documented(
        "`matchfirstrowusingcrossapply` returns a parent with matches once, with the columns of one match.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::the_first_row_of_a_link",
    ),
    documented(
        "Columns of a `matchfirstrowusingcrossapply` link are members named by their schema names, without the alias.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::the_first_row_of_a_link",
    ),
    decided(
        "The row of `matchfirstrowusingcrossapply` is the one that was created first.",
        "the page says that it is any one",
        "service::fetch_xml::joins::the_first_row_of_a_link",
    ),
    documented(
        "A link may hold links.",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::joins::links_within_links",
    ),
    decided(
        "An inner link within an outer link restricts the rows of the outer link alone.",
        "no page says it; the other reading would make the outer link an inner one",
        "service::fetch_xml::joins::links_within_links",
    ),
    decided(
        "A missing `from` is the key of the linked table; without both, the only lookup to it is taken.",
        "the reference says that they are not required, and not what they default to",
        "service::fetch_xml::joins::missing_link_columns_are_inferred",
    )
    .refused_by_strict(),
    decided(
        "A lookup that names a record of another table does not match a key, even if the ids are equal.",
        "ids are unique in Dataverse, so that no rule is needed there",
        "service::fetch_xml::joins::a_lookup_to_another_table_does_not_match",
    ),
    decided(
        "Rows that the caller may not read are not joined.",
        "no page of FetchXML says it; every query shows what the caller may read",
        "service::fetch_xml::joins::what_a_caller_may_not_read_is_not_joined",
    ),
    documented(
        "`any`, `not any`, `all` and `not all` filter by related rows and return a parent once.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::related_filters::any_not_any_all_and_not_all",
    ),
    documented(
        "`all` finds parents with related rows of which none meets the filter; `not all` means the same as `any`.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::related_filters::any_not_any_all_and_not_all",
    ),
    documented(
        "A link in an `or` filter is one of the alternatives.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::related_filters::a_link_in_an_or_filter",
    ),
    documented(
        "A link in a filter returns no columns, and takes no other link-types than those of filters.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::related_filters::links_of_filters_and_links_of_rows_are_not_exchanged",
    ),
    decided(
        "A link in a filter may hold links, which are joined within it.",
        "the reference lists them among its children, and no page shows one",
        "service::fetch_xml::related_filters::links_within_a_link_of_a_filter",
    ),
    documented(
        "`@odata.context` lists the columns of the entity, the key and the currency included.",
        "fetchxml/retrieve-data, 2024-01-30",
        "service::fetch_xml::columns::the_context_lists_columns_and_the_records_of_lookups",
    ),
    documented(
        "`@odata.context` lists a lookup with the record that it names, by name and with parentheses at the end.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::columns::the_context_lists_columns_and_the_records_of_lookups",
    ),
];
