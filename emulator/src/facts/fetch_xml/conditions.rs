//! FetchXML: conditions.

use crate::facts::Fact;
use crate::facts::fact::{decided, documented, recorded, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`eq`, `ne`, `gt`, `ge`, `lt` and `le` compare; `neq` means `ne`.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::comparisons",
    ),
    reported(
        "In FetchXML, `ne` finds rows without a value.",
        "github.com/MarkMpn/Sql4Cds, issues 167 and 530, by its maintainer",
        "service::fetch_xml::conditions::comparisons",
    ),
    decided(
        "Booleans in conditions are `1` and `0`, or `true` and `false`.",
        "generated queries write the numbers, people the words",
        "service::fetch_xml::conditions::booleans_are_written_as_words_or_numbers",
    ),
    documented(
        "`like` and `not-like` match patterns with `%`, `_` and `[…]`.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::texts",
    ),
    documented(
        "`begins-with`, `ends-with` and their negations match the ends of texts, ignoring case.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::texts",
    ),
    documented(
        "`null` and `not-null` take no value.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::null_and_not_null_take_no_value",
    ),
    documented(
        "`in` and `not-in` take `value` elements.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::lists_and_ranges",
    ),
    documented(
        "`between` and `not-between` take two `value` elements, and include both.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::lists_and_ranges",
    ),
    documented(
        "Filters nest; `and` is the default type.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::filters_within_filters",
    ),
    documented(
        "The hint `union` of an `or` filter changes no result.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::filters_within_filters",
    ),
    decided(
        "A filter without conditions restricts nothing, whatever its type.",
        "no page says it",
        "service::fetch_xml::conditions::filters_within_filters",
    ),
    documented(
        "`valueof` compares a column with another one of the same row.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::columns_compared_with_columns",
    ),
    documented(
        "`valueof` works with `eq`, `ne`, `gt`, `ge`, `lt` and `le` alone, and between columns of one type.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::columns_compared_with_columns",
    ),
    documented(
        "`valueof` names a column of a link as `alias.column`.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::columns_compared_across_tables",
    ),
    documented(
        "An `or` filter can hold conditions of several tables.",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::conditions::conditions_on_the_table_of_a_link",
    ),
    decided(
        "A condition on the name of a lookup or choice, as in `primarycontactidname`, tests its text.",
        "views that people make hold such conditions; no page describes them",
        "service::fetch_xml::conditions::the_name_of_a_lookup_or_choice",
    ),
    documented(
        "`contain-values` finds rows with one of the options, `not-contain-values` the others.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::multi_select_choices",
    ),
    documented(
        "`eq-userid` and `ne-userid` compare with the caller.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::the_caller_the_teams_and_the_business_unit",
    ),
    documented(
        "`eq-userteams` and `eq-useroruserteams` find what the teams of the caller own, and what the caller owns.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::the_caller_the_teams_and_the_business_unit",
    ),
    documented(
        "`eq-useroruserhierarchy` and `eq-useroruserhierarchyandteams` find what the caller and those below own.",
        "query-hierarchical-data, 2022-03-22",
        "service::fetch_xml::conditions::the_caller_the_teams_and_the_business_unit",
    ),
    documented(
        "`eq-businessid` and `ne-businessid` compare with the business unit of the caller.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::conditions::the_caller_the_teams_and_the_business_unit",
    ),
    documented(
        "`yesterday` to `next-year` take no value and mean calendar spans; weeks go from Sunday to Saturday.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::dates::days_weeks_months_and_years",
    ),
    documented(
        "`last-x-…` and `next-x-…` take a number of hours, days, weeks, months or years.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::dates::a_number_of_units",
    ),
    documented(
        "`olderthan-x-…` takes a number of minutes, hours, days, weeks, months or years.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::dates::a_number_of_units",
    ),
    documented(
        "`on`, `on-or-before` and `on-or-after` take a date and include the whole day.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::dates::named_days",
    ),
    reported(
        "Dates of these operators may be written `3/1/2026`.",
        "github.com/rappen/FetchXMLBuilder#670",
        "service::fetch_xml::dates::named_days",
    ),
    documented(
        "The fiscal operators take periods, years, or a period and a year.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::dates::fiscal_periods_and_years",
    ),
    documented(
        "`under` and `eq-or-under` find what is below a record in the hierarchy, `not-under` everything else.",
        "query-hierarchical-data, 2022-03-22",
        "service::fetch_xml::hierarchies::above_and_under_a_record",
    ),
    documented(
        "`above` and `eq-or-above` find the records above a record in the hierarchy.",
        "query-hierarchical-data, 2022-03-22",
        "service::fetch_xml::hierarchies::above_and_under_a_record",
    ),
    documented(
        "The query functions `Above`, `AboveOrEqual`, `Under`, `UnderOrEqual` and `NotUnder` mean the same in OData.",
        "query-hierarchical-data, 2022-03-22",
        "service::fetch_xml::hierarchies::above_and_under_in_odata",
    ),
    decided(
        "A lookup to a table with a hierarchy can be tested by the hierarchical operators.",
        "the pages show the key alone; people make such views",
        "service::fetch_xml::hierarchies::above_and_under_by_a_lookup",
    ),
    decided(
        "A hierarchy with a cycle is searched once around.",
        "Dataverse lets no cycle arise, the emulator does",
        "service::fetch_xml::hierarchies::a_cycle_in_a_hierarchy_ends",
    ),
    documented(
        "The hierarchical operators are for tables with a hierarchical relationship.",
        "query-hierarchical-data, 2022-03-22",
        "service::fetch_xml::hierarchies::a_table_without_a_hierarchy_is_refused",
    ),
    documented(
        "`rowaggregate='CountChildren'` counts the records below a record, on its key, under an alias.",
        "fetchxml/aggregate-data, 2024-02-29",
        "service::fetch_xml::hierarchies::children_are_counted",
    ),
    documented(
        "`CountChildren` counts records that the caller may not read, too.",
        "query-hierarchical-data, 2022-03-22",
        "service::fetch_xml::hierarchies::hidden_children_are_counted",
    ),
    documented(
        "Operators on hours and minutes are not for columns with the behavior `DateOnly`.",
        "fetchxml/reference/operators, 2024-03-08",
        "service::fetch_xml::dates::dates_without_times_take_no_hours_and_minutes",
    ),
    recorded(
        "A condition may name a state by its name, as in `Won`.",
        "requests of microsoft/PowerApps-Samples, dataverse/orgsvc, UseAggregationInFetchXML",
        "service::fetch_xml::conditions::a_state_by_its_name",
    ),
];
