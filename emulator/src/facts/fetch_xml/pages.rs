//! FetchXML: orders, pages and predefined queries.

use crate::facts::Fact;
use crate::facts::fact::{decided, documented, recorded, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`order` sorts ascending, or descending with `descending`.",
        "fetchxml/order-rows, 2024-03-06",
        "service::fetch_xml::orders::ascending_and_descending",
    ),
    documented(
        "Orders apply in their sequence.",
        "fetchxml/order-rows, 2024-03-06",
        "service::fetch_xml::orders::ascending_and_descending",
    ),
    decided(
        "Rows without an order come in the order in which records were created.",
        "Dataverse sorts by the primary key, which says nothing of random ids",
        "service::fetch_xml::orders::rows_without_an_order_have_the_order_of_creation",
    ),
    documented(
        "Lookups sort by the primary name of their records.",
        "fetchxml/order-rows, 2024-03-06",
        "service::fetch_xml::orders::lookups_sort_by_name",
    ),
    documented(
        "Choices sort by their labels; with `useraworderby`, by their integers.",
        "fetchxml/order-rows, 2024-03-06",
        "service::fetch_xml::orders::choices_sort_by_label_or_by_number",
    ),
    documented(
        "The orders of links apply after those of the entity.",
        "fetchxml/order-rows, 2024-03-06",
        "service::fetch_xml::orders::the_orders_of_links_come_last",
    ),
    documented(
        "`entityname` in an order of the entity names the link whose column sorts first.",
        "fetchxml/order-rows, 2024-03-06",
        "service::fetch_xml::orders::the_order_of_a_link_can_come_first",
    ),
    decided(
        "`order` takes an alias in aggregate queries, and an attribute in all others.",
        "public test doubles of Dataverse repeat these words; no page has a code for them",
        "service::fetch_xml::orders::an_order_by_an_alias_needs_aggregates",
    ),
    documented(
        "The annotation `fetchxmlpagingcookie` holds an element whose attribute `pagingcookie` is encoded twice; decoded, it is the next `paging-cookie`.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::pages::pages_by_cookie",
    ),
    documented(
        "The last page has neither `morerecords` nor `fetchxmlpagingcookie`.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::pages::pages_by_cookie",
    ),
    decided(
        "A page that starts at a cookie stays right while rows change.",
        "the page says that each request is evaluated for itself, from the row in the cookie",
        "service::fetch_xml::pages::a_cookie_does_not_move_while_rows_change",
    ),
    documented(
        "Paging annotations come if the header `Prefer` asks for them.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::pages::annotations_of_pages_are_optional",
    ),
    documented(
        "`count` and `page` alone page through the rows.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::pages::simple_pages",
    ),
    documented(
        "Pages without a cookie end at 50,000 rows.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::pages::simple_pages_end_at_50000_rows",
    ),
    documented(
        "A query that is sorted by a column of a link has `morerecords` and no cookie.",
        "fetchxml/page-results, 2024-12-04",
        "service::fetch_xml::pages::an_order_by_a_link_has_no_cookie",
    ),
    decided(
        "A page may end between two rows of one record, and its cookie says where.",
        "pages are of rows, and links make several of one record",
        "service::fetch_xml::pages::a_page_may_end_within_the_rows_of_a_record",
    ),
    documented(
        "`top` returns so many rows, and no page follows.",
        "fetchxml/overview, 2024-03-05",
        "service::fetch_xml::pages::top_excludes_paging",
    ),
    reported(
        "`top` with `page`, `count` or `returntotalrecordcount` is 400 0x80040203 `The top attribute can't be specified with paging attribute page`.",
        "github.com/AleksandrRogov/DynamicsWebApi#98",
        "service::fetch_xml::pages::top_excludes_paging",
    ),
    documented(
        "`top` does not exceed 5,000.",
        "fetchxml/reference/fetch, 2024-02-29",
        "service::fetch_xml::pages::top_excludes_paging",
    ),
    documented(
        "`returntotalrecordcount` and `$count=true` add `@odata.count` and the annotations of the total.",
        "fetchxml/count-rows, 2023-08-31",
        "service::fetch_xml::pages::rows_are_counted",
    ),
    documented(
        "`no-lock`, `latematerialize` and `options` change no result.",
        "fetchxml/reference/fetch, 2024-02-29",
        "service::fetch_xml::pages::hints_change_nothing",
    ),
    decided(
        "`datasource='retained'` finds nothing.",
        "no row of the emulator moves to long term retention",
        "service::fetch_xml::pages::hints_change_nothing",
    ),
    documented(
        "`?savedQuery=id` executes the FetchXML of a system view, which `savedqueries` lists.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::saved_queries::a_system_view_is_found_and_executed",
    ),
    documented(
        "`?userQuery=id` executes the FetchXML that a user saved.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::saved_queries::a_query_of_a_user_is_executed",
    ),
    documented(
        "Rows of predefined queries have no members without a value.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::saved_queries::rows_of_saved_queries_have_no_empty_columns",
    ),
    documented(
        "A predefined query applies to a collection of a record, with or without a slash before the question mark.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::saved_queries::a_saved_query_on_a_collection_of_a_record",
    ),
    documented(
        "A predefined query needs the entity set of its table.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::saved_queries::invalid_saved_queries_are_refused",
    ),
    decided(
        "A predefined query that does not exist is 404 0x80040217.",
        "as for any record",
        "service::fetch_xml::saved_queries::invalid_saved_queries_are_refused",
    ),
    decided(
        "A query of another user is hidden unless it is shared; views are read by all.",
        "the tables are owned by users and by the organization",
        "service::fetch_xml::saved_queries::the_query_of_another_user_is_hidden",
    ),
    documented(
        "FetchXML is sent in a batch as a GET request, with `'` and `/` as they are.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::batches::a_query_in_a_batch",
    ),
    documented(
        "A query too long for a URL is answered within a batch.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::batches::a_long_query_needs_a_batch",
    ),
    documented(
        "Every org has the views `Active Accounts` and `Open Opportunities`, with ids that are the same everywhere.",
        "webapi/retrieve-and-execute-predefined-queries, 2022-04-06",
        "service::fetch_xml::saved_queries::views_that_every_org_has",
    ),
    recorded(
        "`odata.maxpagesize` limits the rows of a predefined query.",
        "requests of microsoft/PowerApps-Samples, dataverse/webapi, QueryData",
        "service::fetch_xml::saved_queries::views_that_every_org_has",
    ),
    recorded(
        "A user creates, executes and deletes a user query.",
        "requests of microsoft/PowerApps-Samples, dataverse/webapi, QueryData",
        "service::fetch_xml::saved_queries::a_user_query_on_contacts",
    ),
];
