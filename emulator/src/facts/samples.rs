//! Rules on which Microsoft's samples and clients rely and that no other room has.

use super::Fact;
use super::fact::{decided, documented};

const SQL: &str = "webapi/query/sql, 2026-03-17";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "A contact's `_accountid_value` is its parent customer, if that is an account; a filter can use it.",
        "webapi/web-api-query-data-sample, 2023-04-14",
        "service::samples::the_parent_customer_is_an_account_or_a_contact",
    ),
    decided(
        "A contact's `_parentcontactid_value` is its parent customer, if that is a contact.",
        "the reference of the table calls it the parent contact and lets nobody write it, as `accountid`",
        "service::samples::the_parent_customer_is_an_account_or_a_contact",
    ),
    decided(
        "Uploading, downloading and deleting the file of a file column answers 501, and so does an image in full.",
        "the emulator keeps no files; a 204 would say that one had been kept or deleted",
        "service::samples::files_are_501",
    ),
    decided(
        "The services at `/api/search/` and `/api/backgroundoperation/` answer 501.",
        "an org has them there; 404 would say that they are switched off",
        "service::samples::search_and_background_operations_are_501",
    ),
    decided(
        "A request with `Prefer: respond-async` answers 501.",
        "Dataverse answers 202 with the place of a background operation (page background-operations); answering at once \
         would hide that a program cannot wait for one",
        "service::samples::search_and_background_operations_are_501",
    ),
    documented(
        "`sql` on a set answers as an OData query does, with the selected columns and the key.",
        SQL,
        "service::sql_queries::the_answer_is_that_of_a_query",
    ),
    documented(
        "In SQL, `AS` renames a column; the annotation `AttributeName` says which it is.",
        SQL,
        "service::sql_queries::a_column_can_be_renamed",
    ),
    documented(
        "In SQL, `WHERE` takes `=`, `!=`, `<>`, `<`, `>`, `<=`, `>=`, `LIKE`, `IN`, `BETWEEN`, `IS NULL`, `AND`, `OR` and parentheses.",
        SQL,
        "service::sql_queries::conditions_compare_a_column_with_literals",
    ),
    documented(
        "In SQL, `INNER JOIN` and `LEFT JOIN` combine tables, and `GROUP BY` counts over them.",
        SQL,
        "service::sql_queries::tables_are_joined",
    ),
    documented(
        "In SQL, `COUNT`, `SUM`, `AVG`, `MIN` and `MAX` summarize rows.",
        SQL,
        "service::sql_queries::rows_are_summed",
    ),
    documented(
        "A SQL query is paged by `odata.maxpagesize` and `@odata.nextLink`.",
        SQL,
        "service::sql_queries::pages_are_those_of_odata",
    ),
    documented(
        "A SQL query is one `SELECT` of named columns.",
        SQL,
        "service::sql_queries::unsupported_sql_is_refused",
    ),
    documented(
        "A SQL query has no subqueries, no `EXISTS`, no functions in conditions and orders, and no literals on both sides.",
        SQL,
        "service::sql_queries::unsupported_sql_is_refused",
    ),
    documented(
        "A SQL query has no `RIGHT JOIN`, `FULL OUTER JOIN`, `CROSS JOIN`, `HAVING` and `OFFSET`.",
        SQL,
        "service::sql_queries::unsupported_sql_is_refused",
    ),
    decided(
        "In SQL, `<>`, `NOT LIKE` and `NOT IN` find no rows without a value.",
        "so SQL has it; the page is silent, and FetchXML and OData's `ne` find them",
        "service::sql_queries::a_difference_needs_a_value",
    ),
    decided(
        "In SQL, `TOP`, comparisons with `NULL` and, without `AS`, aggregates and columns of joined tables answer 501.",
        "the page forbids `TOP` and Microsoft's Python client teaches it; the page does not show how the others are named",
        "service::sql_queries::undocumented_sql_is_501",
    ),
];
