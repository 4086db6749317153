//! Aggregates.

use super::Fact;
use super::fact::{decided, documented, recorded};

const AGGREGATE: &str = "webapi/query/aggregate-data, 2024-07-11";
const SAMPLE: &str = "webapi/web-api-query-data-sample, 2023-04-14";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "The context of `$apply` is the entity set alone.",
        AGGREGATE,
        "service::documented::aggregates::unique_statuses",
    ),
    documented(
        "`groupby` answers each combination of values once, with formatted values.",
        AGGREGATE,
        "service::documented::aggregates::unique_statuses",
    ),
    documented(
        "A count has a formatted value.",
        AGGREGATE,
        "service::documented::aggregates::a_count_by_status",
    ),
    documented(
        "Sums and averages of amounts have formatted values.",
        AGGREGATE,
        "service::documented::aggregates::sums_and_averages_of_revenue",
    ),
    documented(
        "What is grouped by in a related record is named by the table: `contact_fullname`.",
        AGGREGATE,
        "service::documented::aggregates::groups_of_related_records",
    ),
    documented(
        "`filter(…)/groupby(…)` groups what the filter finds.",
        AGGREGATE,
        "service::documented::aggregates::groups_of_related_records",
    ),
    decided(
        "A path through several lookups is named by the last table: `systemuser_fullname`.",
        "the page shows paths through one lookup",
        "service::documented::aggregates::groups_of_related_records",
    ),
    decided(
        "Two results of the same name are a 400.",
        "an object has a name once",
        "service::documented::aggregates::groups_of_related_records",
    ),
    documented(
        "`max` and `min` of a datetime are datetimes, with formatted values.",
        AGGREGATE,
        "service::documented::aggregates::first_and_last_created",
    ),
    documented(
        "Empty members are left out of results.",
        AGGREGATE,
        "service::documented::aggregates::distinct_values",
    ),
    documented(
        "Grouping by datetimes is not supported.",
        AGGREGATE,
        "service::documented::aggregates::aggregates_of_unsuitable_columns_are_refused",
    ),
    documented(
        "Sorting by an aggregate is not supported: `The query node SingleValueOpenPropertyAccess is not supported`.",
        AGGREGATE,
        "service::documented::aggregates::aggregates_of_unsuitable_columns_are_refused",
    ),
    decided(
        "`countdistinct` counts each value once.",
        "the page says that OData gets no distinct number of values; programs use it to count keys",
        "service::documented::aggregates::aggregates_of_unsuitable_columns_are_refused",
    )
    .refused_by_strict(),
    decided(
        "The average of integers is an integer, cut off.",
        "FetchXML, to which Dataverse turns `$apply`, answers so (fetchxml/aggregate-data)",
        "service::documented::aggregates::averages_of_integers",
    ),
    documented(
        "The columns of a lookup's record and its table's name come as in `groupby((parentaccountid/name))`.",
        "webapi/query-data-web-api, 2021-04-29",
        "service::documented::aggregates::opportunities_by_account",
    ),
    recorded(
        "Aggregates of a record's collection have the table's columns, too: all null.",
        SAMPLE,
        "service::documented::sample::aggregates_of_a_collection",
    ),
    recorded(
        "With all annotations, an aggregate has `AttributeName` with the name of its column.",
        SAMPLE,
        "service::documented::sample::aggregates_of_a_collection",
    ),
    recorded(
        "With all annotations, results of `$apply` have the totals but no `globalmetadataversion`.",
        SAMPLE,
        "service::documented::sample::aggregates_of_a_collection",
    ),
    decided(
        "Rows whose value is null are a group of their own, without the member.",
        "empty members are left out of results",
        "service::queries::aggregates",
    ),
    decided(
        "Sums and averages of amounts are exact.",
        "amounts are decimals",
        "service::queries::aggregates",
    ),
    documented(
        "A group's lookup has the name of its record as formatted value.",
        AGGREGATE,
        "service::queries::groups_have_formatted_values",
    ),
];
