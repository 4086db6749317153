//! FetchXML: aggregates.

use crate::facts::Fact;
use crate::facts::fact::{decided, documented, recorded};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`avg`, `count`, `countcolumn`, `max`, `min` and `sum` aggregate under their aliases; empty values are left out, but by `count`.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::every_aggregate_has_its_alias",
    ),
    documented(
        "The average of integers is an integer: 3,911 of the ten accounts of the page.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::every_aggregate_has_its_alias",
    ),
    documented(
        "Counts, sums, averages, minima and maxima have formatted values with separators.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::every_aggregate_has_its_alias",
    ),
    documented(
        "Rows of an aggregate query have neither key nor etag.",
        "webapi/query/aggregate-data, 2024-07-11",
        "service::fetch_xml::aggregates::aggregates_have_no_key_and_no_etag",
    ),
    documented(
        "`countcolumn` with `distinct` counts different values.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::distinct_values_are_counted",
    ),
    documented(
        "`groupby` makes a row for each value; the group without a value has no member.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::each_value_makes_a_group",
    ),
    documented(
        "The sum of a group without values is 0.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::each_value_makes_a_group",
    ),
    documented(
        "`order` with the alias of a group sorts the groups.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::each_value_makes_a_group",
    ),
    decided(
        "`order` with the alias of an aggregate sorts by its values.",
        "the page says `alias` of the group; generated queries sort by counts",
        "service::fetch_xml::aggregates::groups_sorted_by_an_aggregate",
    ),
    documented(
        "`dategrouping` groups by day, week, month, quarter, year, fiscal period and fiscal year.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::groups_by_parts_of_a_date",
    ),
    documented(
        "The first week of a year holds January 1; weeks start on Sunday.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::groups_by_parts_of_a_date",
    ),
    documented(
        "Fiscal periods and years are shown as `Quarter 1 FY2023` and `FY2023`.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::groups_by_parts_of_a_date",
    ),
    decided(
        "The value of a fiscal period is its number, that of a fiscal year the year.",
        "the page shows the formatted values alone",
        "service::fetch_xml::aggregates::groups_by_parts_of_a_date",
    ),
    decided(
        "One fiscal period of two years makes two groups.",
        "the formatted value names the year",
        "service::fetch_xml::aggregates::fiscal_periods_of_two_years_are_two_groups",
    ),
    decided(
        "`usertimezone` changes nothing.",
        "the emulator's users are all in UTC",
        "service::fetch_xml::aggregates::fiscal_periods_of_two_years_are_two_groups",
    ),
    decided(
        "Grouping by a date without `dategrouping` groups by the whole value.",
        "no page says whether it is refused",
        "service::fetch_xml::aggregates::a_date_without_a_part",
    )
    .refused_by_strict(),
    documented(
        "Groups by lookups and choices have the annotations of the column.",
        "webapi/query/aggregate-data, 2024-07-11",
        "service::fetch_xml::aggregates::lookups_and_choices_group_with_their_names",
    ),
    documented(
        "Links take part in aggregates, with groups, functions, filters and orders.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::aggregates_over_links",
    ),
    decided(
        "Sums and averages of amounts are amounts, with their formatted values.",
        "the page shows integers alone",
        "service::fetch_xml::aggregates::sums_and_averages_of_amounts_are_amounts",
    ),
    decided(
        "Without rows, counts and sums are 0 and the other members are left out.",
        "follows from the group without values on the page",
        "service::fetch_xml::aggregates::aggregates_of_no_rows",
    ),
    decided(
        "Groups come in pages by `count` and `page`, with `morerecords` and without a cookie.",
        "the page on paging names no aggregates; queries without a cookie are paged so",
        "service::fetch_xml::aggregates::pages_of_groups",
    ),
    documented(
        "More than 50,000 rows to aggregate are 400 0x8004E023 `The maximum record limit is exceeded. Reduce the number of records.`",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::the_limits_of_aggregates",
    ),
    documented(
        "`aggregatelimit` lowers that limit and cannot raise it.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::the_limits_of_aggregates",
    ),
    decided(
        "A column that is neither grouped by nor aggregated is 400 0x80041107.",
        "the code is `QueryBuilderAttribute_With_Aggregate` in Microsoft's SDK",
        "service::fetch_xml::aggregates::invalid_aggregates_are_refused",
    ),
    documented(
        "An aggregate needs an alias.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::invalid_aggregates_are_refused",
    ),
    recorded(
        "Groups by several parts of one date sort by the alias of each.",
        "requests of microsoft/PowerApps-Samples, dataverse/orgsvc, UseAggregationInFetchXML",
        "service::fetch_xml::aggregates::amounts_by_year_and_quarter",
    ),
    recorded(
        "The columns of a link group the rows of the entity.",
        "requests of microsoft/PowerApps-Samples, dataverse/orgsvc, UseAggregationInFetchXML",
        "service::fetch_xml::aggregates::groups_by_a_lookup_of_a_link",
    ),
    documented(
        "A group without an alias has the name of its column.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::aggregates::a_group_without_an_alias_is_named_by_its_column",
    ),
];
