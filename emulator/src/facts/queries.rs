//! Queries: `$select`, `$orderby`, `$top`, pages and counts.

use super::Fact;
use super::fact::{decided, documented, recorded};

const OVERVIEW: &str = "webapi/query/overview, 2024-07-11";
const SELECT: &str = "webapi/query/select-columns, 2024-07-11";
const ORDER: &str = "webapi/query/order-rows, 2024-07-11";
const PAGES: &str = "webapi/query/page-results, 2024-07-11";
const COUNT: &str = "webapi/query/count-rows, 2024-07-11";
const RECORD: &str = "webapi/retrieve-entity-using-web-api, 2022-04-19";
const QUERY: &str = "webapi/query-data-web-api, 2021-04-29";
const SAMPLE: &str = "webapi/web-api-query-data-sample, 2023-04-14";
const BASICS: &str = "webapi/web-api-basic-operations-sample, 2022-08-29";
const CONDITIONS: &str = "webapi/web-api-conditional-operations-sample, 2018-10-31";

pub(super) const FACTS: &[Fact] = &[
    recorded(
        "A page is an object with `@odata.context`, `value` and, if more rows follow, `@odata.nextLink`.",
        "contacts page recorded from a real org",
        "service::queries::pages_are_linked",
    ),
    documented(
        "Answers are `application/json; odata.metadata=minimal` with `OData-Version: 4.0`.",
        SELECT,
        "service::documented::columns::the_key_and_the_currency_are_included",
    ),
    documented(
        "`@odata.context` lists what `$select` names, without the key, which is always answered.",
        SELECT,
        "service::documented::columns::the_key_and_the_currency_are_included",
    ),
    documented(
        "A money column brings `_transactioncurrencyid_value`.",
        SELECT,
        "service::documented::columns::the_key_and_the_currency_are_included",
    ),
    documented(
        "Without `$select`, all properties are answered, the empty ones as null.",
        SELECT,
        "service::documented::columns::everything_without_a_select",
    ),
    documented(
        "Choices, lookups, amounts, dates and booleans have formatted values; other texts and keys have none.",
        SELECT,
        "service::documented::columns::formatted_values_are_annotations",
    ),
    documented(
        "Annotations come only if `odata.include-annotations` asks for them.",
        SELECT,
        "service::documented::columns::formatted_values_are_annotations",
    ),
    documented(
        "`lookuplogicalname` names the table of a polymorphic lookup, `associatednavigationproperty` its navigation property.",
        SELECT,
        "service::documented::columns::lookups_have_their_table_and_property",
    ),
    documented(
        "`$select` does not take a lookup's navigation property (`ownerid`), only its value (`_ownerid_value`).",
        SELECT,
        "service::documented::columns::lookups_have_their_table_and_property",
    ),
    documented(
        "`Preference-Applied` repeats `odata.include-annotations`.",
        OVERVIEW,
        "service::documented::columns::retrieving_data",
    ),
    documented(
        "Booleans and integers have formatted values: `Allow`, `9,500`.",
        QUERY,
        "service::documented::columns::texts_of_choices_and_numbers",
    ),
    documented(
        "`$orderby` sorts by several columns, each `asc` or `desc`; `asc` is the default.",
        ORDER,
        "service::documented::columns::orders",
    ),
    documented(
        "A lookup is sorted by the primary name of the record that it names.",
        ORDER,
        "service::documented::columns::orders",
    ),
    documented("A choice is sorted by its integer.", ORDER, "service::documented::columns::orders"),
    decided(
        "What is null comes before everything else, and after everything else if the order is descending.",
        "SQL Server, under Dataverse, sorts null first",
        "service::queries::sorting",
    ),
    documented(
        "GUIDs are sorted by their last six bytes.",
        "Comparing GUID and uniqueidentifier values (.NET, SQL Server), 2021-09-15",
        "service::queries::guids_are_sorted_by_their_last_six_bytes",
    ),
    decided(
        "GUIDs are sorted and compared in one order, in which bytes count from the greatest weight: 10 to 15, 8, 9, 7 down to 0.",
        "SQL Server, under Dataverse, compares them so (`x_rgiGuidOrder` of SQLGuid.cs in microsoft/referencesource); no page of Dataverse has `gt` on a GUID",
        "service::queries::guids_are_sorted_and_compared_in_one_order",
    ),
    documented(
        "`$orderby` takes a column of a lookup's record.",
        "webapi/query/optimize-performance, 2024-07-11",
        "service::queries::sorting",
    ),
    decided(
        "Rows that no `$orderby` sorts come in the order in which they were created.",
        "Dataverse sorts them by the primary key, and gives out keys that ascend (includes/cc-ordering-paging); the emulator's keys may be random",
        "service::queries::sorting",
    ),
    decided(
        "The order of creation decides between equal values.",
        "the page calls such an order nondeterministic; one that is the same in each run helps tests",
        "properties::pages::pages_have_the_naive_order",
    ),
    documented(
        "`odata.maxpagesize` limits the rows of an answer, and `Preference-Applied` repeats it.",
        PAGES,
        "service::documented::columns::pages",
    ),
    documented(
        "A next link repeats the query and adds `$skiptoken`, whose cookie is percent-encoded more than once.",
        PAGES,
        "service::documented::columns::pages",
    ),
    documented("The last page has no `@odata.nextLink`.", PAGES, "service::documented::columns::pages"),
    documented(
        "Who goes on forward through the pages reads every record once, in a consistent sequence.",
        PAGES,
        "properties::pages::no_row_that_stays_is_missed_or_seen_twice",
    ),
    documented(
        "With `odata.maxpagesize`, `$top` is ignored.",
        PAGES,
        "service::documented::columns::a_page_size_wins_over_top",
    ),
    documented(
        "An answer to `$top` has no next link.",
        OVERVIEW,
        "service::documented::columns::a_page_size_wins_over_top",
    ),
    documented(
        "No page is larger than 5,000 rows.",
        PAGES,
        "service::refused_queries::no_page_and_no_count_is_larger_than_5000",
    ),
    decided(
        "A skip token that was changed, or that belongs to another query, is a 400.",
        "the page forbids changing it and shows no answer",
        "service::queries::pages_are_linked",
    ),
    documented(
        "`$skip`, `$search` and `$format` are not supported.",
        OVERVIEW,
        "service::documented::columns::unsupported_options_are_refused",
    ),
    documented(
        "The names of query options are case-sensitive.",
        OVERVIEW,
        "service::documented::columns::unsupported_options_are_refused",
    ),
    documented(
        "A collection of a record is queried like an entity set.",
        OVERVIEW,
        "service::documented::columns::collections_of_a_record",
    ),
    decided(
        "A query option occurs in a query only once.",
        "OASIS OData 4.0, part 2, 5.1: a system query option is specified at most once",
        "service::refused_queries::invalid_queries_are_refused",
    ),
    documented(
        "`$count=true` adds `@odata.count`, whatever the page size.",
        COUNT,
        "service::documented::counts::a_count_does_not_depend_on_the_page",
    ),
    documented(
        "`@odata.count` counts the rows that match the filter.",
        COUNT,
        "service::documented::counts::a_count_with_the_rows",
    ),
    documented(
        "`odata.include-annotations` can ask for `totalrecordcount` and `totalrecordcountlimitexceeded`.",
        COUNT,
        "service::documented::counts::totals_as_annotations",
    ),
    documented(
        "Without `$count=true`, `totalrecordcount` is -1.",
        COUNT,
        "service::documented::counts::totals_as_annotations",
    ),
    documented(
        "A count stops at 5,000, and `totalrecordcountlimitexceeded` is then true.",
        COUNT,
        "service::refused_queries::no_page_and_no_count_is_larger_than_5000",
    ),
    documented(
        "`/$count` answers the number alone, as `text/plain`.",
        COUNT,
        "service::documented::counts::count_returns_a_bare_number",
    ),
    documented(
        "The number of `/$count` follows a byte order mark.",
        RECORD,
        "service::documented::counts::the_number_of_a_records_tasks",
    ),
    decided(
        "`/$count` takes `$filter`.",
        "OData 4.0 allows it, and the pages say `$count` applies to any collection",
        "service::queries::counts",
    ),
    documented(
        "`RetrieveTotalRecordCount` counts beyond 5,000.",
        COUNT,
        "service::refused_queries::no_page_and_no_count_is_larger_than_5000",
    ),
    documented(
        "A record's answer ends its context with `/$entity`.",
        RECORD,
        "service::documented::single_record::columns_of_one_record",
    ),
    documented(
        "One column of a record is `@odata.context` and `value`.",
        RECORD,
        "service::documented::single_record::one_column",
    ),
    documented(
        "A lookup's navigation property in the path answers the record that it names.",
        RECORD,
        "service::documented::single_record::the_record_of_a_lookup",
    ),
    documented(
        "`/$ref` after a collection answers `@odata.id`s in the context `$metadata#Collection($ref)`.",
        RECORD,
        "service::documented::single_record::references_to_the_records_of_a_collection",
    ),
    documented(
        "The annotations of a polymorphic lookup name the navigation property of its record's table.",
        QUERY,
        "service::documented::single_record::annotations_of_a_lookup_with_several_tables",
    ),
    recorded(
        "A record with all annotations has those of its lookups and of its amounts.",
        SAMPLE,
        "service::documented::sample::one_contact",
    ),
    recorded(
        "A page with all annotations has `totalrecordcount`, `totalrecordcountlimitexceeded` and `globalmetadataversion`.",
        SAMPLE,
        "service::documented::sample::annotations_of_a_page",
    ),
    recorded(
        "A query of several conditions, orders and a count finds what the sample shows, with aliases and without.",
        SAMPLE,
        "service::documented::sample::ordered_and_counted",
    ),
    recorded(
        "Dataverse ignores the empty property of `$select=name,`.",
        BASICS,
        "service::tutorials::basic_operations",
    ),
    recorded(
        "The steps of the sample of basic operations have the statuses and values that it shows.",
        BASICS,
        "service::tutorials::basic_operations",
    ),
    documented(
        "A conditional retrieve answers 304 until the record changes; an outdated `If-Match` is a 412.",
        CONDITIONS,
        "service::tutorials::conditional_operations",
    ),
    recorded("The queries of the sample find its contacts.", SAMPLE, "service::tutorials::queries"),
    recorded(
        "`accountid` and `parentcontactid` of a contact are values without a navigation property.",
        "`$metadata` of a real org, npm dataverse-gen 2.0.15",
        "service::documented::sample::the_account_of_a_contact",
    ),
];
