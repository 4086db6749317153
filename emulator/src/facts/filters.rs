//! Filters and query functions.

use super::Fact;
use super::fact::{decided, documented, reported};

const FILTER: &str = "webapi/query/filter-rows, 2025-05-28";
const FUNCTIONS: &str = "webapi/use-web-api-functions, 2022-04-26";
const WILDCARDS: &str = "wildcard-characters, 2023-04-17";
const QUERY: &str = "webapi/query-data-web-api, 2021-04-29";
const CHOICES: &str = "multi-select-picklist, 2023-01-09";
const SPANS: &str = "the page names the functions, not their limits; the README lists what was decided";

pub(super) const FACTS: &[Fact] = &[
    documented("Text comparison ignores case.", FILTER, "service::queries::filters"),
    decided(
        "Text comparison ignores accents and trailing blanks.",
        "the default collation of SQL Server, under Dataverse",
        "service::queries::filters",
    ),
    documented(
        "`eq`, `ne`, `gt`, `ge`, `lt` and `le` compare a column with a value.",
        FILTER,
        "service::documented::filters::operators",
    ),
    documented(
        "`and`, `or`, `not` and parentheses make complex conditions.",
        FILTER,
        "service::documented::filters::operators",
    ),
    documented(
        "`not` negates `contains`, `startswith` and `endswith`.",
        FILTER,
        "service::documented::filters::operators",
    ),
    reported(
        "`ne` finds rows without a value.",
        "github.com/MarkMpn/Sql4Cds, issues 167 and 530, by its maintainer",
        "service::queries::filters",
    ),
    decided(
        "Any combination of conditions finds what evaluating them row by row finds.",
        "each condition is true or false, never unknown: what is null equals null alone",
        "properties::filters::filters_find_what_a_naive_evaluation_finds",
    ),
    decided(
        "Nothing is before or after null.",
        "null has no place in the order of values",
        "properties::filters::paths_before_and_after_null",
    ),
    documented(
        "Two columns of the same row can be compared.",
        FILTER,
        "service::documented::filters::columns_compared_with_columns",
    ),
    documented(
        "Columns that are compared have the same type.",
        FILTER,
        "service::documented::filters::columns_compared_with_columns",
    ),
    documented(
        "Columns that are compared are in the same table.",
        "webapi/query/overview, 2024-07-11",
        "service::documented::filters::columns_compared_with_columns",
    ),
    decided(
        "Columns of the same related record can be compared.",
        "they are in the same row",
        "service::documented::filters::columns_compared_with_columns",
    ),
    decided(
        "A column and a literal of another type are a 400 that names both types.",
        "the words are those of Microsoft's OData library, which compares types before Dataverse sees the query",
        "service::refused_queries::invalid_queries_are_refused",
    ),
    documented(
        "An unknown column is a 400 0x0 that names the property and the type.",
        "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07",
        "service::refused_queries::invalid_queries_are_refused",
    ),
    documented(
        "Arithmetic and other functions of OData are not supported.",
        QUERY,
        "service::refused_queries::invalid_queries_are_refused",
    ),
    documented(
        "Special characters are percent-encoded; a plus that is not is a blank.",
        FILTER,
        "service::documented::filters::characters_that_are_encoded",
    ),
    documented(
        "`%`, `_`, `[…]` and `[^…]` are wildcards in `contains`, `startswith` and `endswith`.",
        FILTER,
        "service::documented::filters::like_wildcards_match_in_text_functions",
    ),
    documented(
        "A wildcard in brackets is literal.",
        WILDCARDS,
        "service::documented::filters::like_wildcards_match_in_text_functions",
    ),
    documented(
        "`startswith` with a leading `%` and `endswith` with a trailing one are not supported.",
        FILTER,
        "service::documented::filters::like_wildcards_match_in_text_functions",
    ),
    decided(
        "Unsupported wildcards are a 400 0x80060888.",
        "Dataverse throttles such queries, and times out on large tables",
        "service::documented::filters::like_wildcards_match_in_text_functions",
    ),
    documented("A quote in a text is doubled.", FILTER, "service::documented::filters::single_quotes"),
    documented(
        "A quote that is not doubled is an unterminated literal, at the position of the end.",
        FILTER,
        "service::documented::filters::single_quotes",
    ),
    documented(
        "Values with a quote are in double quotes in the list of a query function.",
        FILTER,
        "service::documented::filters::single_quotes",
    ),
    documented(
        "A quote within a list's single-quoted value is invalid JSON, in the page's words.",
        FILTER,
        "service::documented::filters::single_quotes",
    ),
    documented(
        "The values of lists are JSON texts, with JSON's escapes.",
        FILTER,
        "properties::filters::quotes_in_lists",
    ),
    documented(
        "A path through lookups compares a column of the record at its end.",
        FILTER,
        "service::documented::filters::values_of_lookups",
    ),
    documented(
        "A path leads through several lookups.",
        FILTER,
        "service::documented::filters::values_further_up",
    ),
    documented(
        "`any` finds records of whose collection one meets the condition; without a condition, those with a collection.",
        FILTER,
        "service::documented::filters::lambdas",
    ),
    documented(
        "`all` finds records of whose collection all meet the condition, and those with an empty one.",
        FILTER,
        "service::documented::filters::lambdas",
    ),
    documented(
        "Lambdas lead from collection to collection.",
        FILTER,
        "service::documented::filters::lambdas",
    ),
    documented(
        "A lambda cannot use a collection of the record that a lookup names.",
        FILTER,
        "service::documented::filters::lambdas_do_not_follow_lookups",
    ),
    documented("`not` negates a lambda.", QUERY, "service::documented::filters::parents_by_their_children"),
    documented(
        "Lambdas lead into many-to-many relationships.",
        QUERY,
        "service::documented::filters::many_to_many_and_keys_of_lookups",
    ),
    documented(
        "A query has no more than 500 conditions: 400 0x8004430C otherwise.",
        FILTER,
        "service::documented::limits::a_query_has_at_most_500_conditions",
    ),
    documented(
        "A list of values counts as one condition.",
        FILTER,
        "service::documented::limits::a_query_has_at_most_500_conditions",
    ),
    decided(
        "The conditions of `$filter`, of expands and of `$apply` count together.",
        "the page says total conditions in a query",
        "service::documented::limits::a_query_has_at_most_500_conditions",
    ),
    decided(
        "Hundreds of `contains` over hundreds of rows take seconds at most.",
        "a test waits for its answer",
        "service::documented::limits::many_patterns_in_many_rows_take_seconds",
    ),
    documented(
        "`not` cannot negate a query function: 400 in the page's words.",
        FUNCTIONS,
        "service::documented::sample::query_functions_with_aliases",
    ),
    documented(
        "Query functions are called by their full name, with the names of their parameters.",
        FILTER,
        "service::refused_queries::invalid_queries_are_refused",
    ),
    documented("`Between` includes both values.", FILTER, "service::documented::filters::between"),
    documented(
        "`In` and `NotIn` compare with a list of texts, for columns of any type.",
        FILTER,
        "service::documented::functions::functions_take_lists_of_values",
    ),
    decided(
        "`NotIn` and `NotBetween` find rows without a value, as `ne` does.",
        "a condition and its opposite find every row",
        "service::documented::functions::functions_take_lists_of_values",
    ),
    decided(
        "Functions without a number mean calendar days, weeks from Sunday, months, years and quarters, in UTC.",
        SPANS,
        "service::documented::functions::named_periods",
    ),
    decided(
        "`LastX…` ends now and starts at midnight, `NextX…` starts now and includes the last day, `OlderThanX…` counts back from now.",
        SPANS,
        "service::documented::functions::counted_periods",
    ),
    decided(
        "The number of a counted span may be a text.",
        "Microsoft's sample code sends it so",
        "service::documented::functions::counted_periods",
    ),
    decided(
        "`On`, `OnOrBefore` and `OnOrAfter` mean whole days.",
        SPANS,
        "service::documented::functions::days_and_fiscal_periods",
    ),
    decided(
        "The fiscal year is the calendar year, its periods are quarters.",
        "the settings of a new org are annual and quarterly from January on",
        "service::documented::functions::days_and_fiscal_periods",
    ),
    documented(
        "`EqualUserId`, `EqualBusinessId`, their opposites, and the functions of teams and hierarchies are about the caller.",
        FILTER,
        "service::documented::functions::functions_about_the_caller",
    ),
    decided(
        "Datetimes are compared as instants, dates by day, with offsets and without.",
        "columns hold instants in UTC",
        "service::queries::dates",
    ),
    documented(
        "`ContainValues` finds rows with a choice, `DoesNotContainValues` those without it.",
        CHOICES,
        "service::documented::functions::multi_select_choices_contain_any_value",
    ),
    documented(
        "Choices are a text of integers, and their formatted value the labels with semicolons between.",
        CHOICES,
        "service::documented::functions::multi_select_choices_contain_any_value",
    ),
    decided(
        "`ContainValues` with several choices looks for any of them; rows without choices contain none.",
        "the page shows one choice",
        "service::documented::functions::multi_select_choices_contain_any_value",
    ),
];
