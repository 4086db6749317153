//! Definitions as complex types, and their changes.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`RetrieveMetadataChanges` takes its query as JSON in a parameter alias.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_returns_its_properties_and_null_for_the_rest",
    ),
    documented(
        "`MetadataId`, `LogicalName` and `HasChanged` are answered whether they are asked for or not.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_returns_its_properties_and_null_for_the_rest",
    ),
    documented(
        "Properties that are not asked for are null.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_returns_its_properties_and_null_for_the_rest",
    ),
    recorded(
        "Lists that are not asked for are empty, and `IsValidODataAttribute` is false.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::changes::a_query_returns_its_properties_and_null_for_the_rest",
    ),
    recorded(
        "Attributes have complex types, `ComplexStringAttributeMetadata` and so on; an id has none.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::changes::a_query_returns_its_properties_and_null_for_the_rest",
    ),
    documented(
        "A version stamp is a number, `!`, and the time as month/day/year.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_returns_its_properties_and_null_for_the_rest",
    ),
    recorded(
        "One query answers the option sets of columns of all types.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::changes::a_query_asks_for_option_sets_of_all_types_at_once",
    ),
    documented(
        "`LabelQuery` leaves the labels of its languages.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_asks_for_option_sets_of_all_types_at_once",
    ),
    documented(
        "A condition on a managed property compares its value.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_asks_for_option_sets_of_all_types_at_once",
    ),
    documented(
        "Columns are found by `IsSecured`.",
        "column-level-security, 2025-07-29",
        "service::definitions::changes::a_query_asks_for_option_sets_of_all_types_at_once",
    ),
    documented(
        "Conditions are `Equals`, `NotEquals`, `In`, `NotIn`, `GreaterThan` and `LessThan`, joined by `And` or `Or`, in filters within filters.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::conditions_compare_in_six_ways",
    ),
    decided(
        "The values of `In` and `NotIn` are a text such as `['account','contact']` of type `System.String[]`.",
        "a draft of a page on the recycle bin in MicrosoftDocs/powerapps-docs writes them so; no published page shows any",
        "service::definitions::changes::conditions_compare_in_six_ways",
    ),
    reported(
        "A condition on `SourceType` is refused: `Conditions based on property SourceType is not supported`.",
        "github.com/MicrosoftDocs/powerapps-docs, issue 4608",
        "service::definitions::changes::invalid_conditions_are_refused",
    ),
    documented(
        "Labels and collections cannot be conditions.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::invalid_conditions_are_refused",
    ),
    documented(
        "`HasChanged` cannot be a condition.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.metadata.metadatabase.haschanged, generated without a date",
        "service::definitions::changes::invalid_conditions_are_refused",
    ),
    documented(
        "The type of a condition's value is the .NET type of the property.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::invalid_conditions_are_refused",
    ),
    documented(
        "Relationships and keys have queries of their own, and are answered if their lists are among the properties.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::relationships_and_keys_have_their_own_queries",
    ),
    documented(
        "Without a query, everything is answered.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_call_without_a_query_and_the_older_functions_return_everything",
    ),
    documented(
        "`RetrieveAllEntities` and `RetrieveEntity` answer the parts that `EntityFilters` names.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_call_without_a_query_and_the_older_functions_return_everything",
    ),
    documented(
        "With the stamp of an earlier answer, only what has changed since is answered.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_stamp_asks_for_what_has_changed_since",
    ),
    documented(
        "A table that has not changed itself is answered with `HasChanged` false around its changed columns.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.metadata.metadatabase.haschanged, generated without a date",
        "service::definitions::changes::a_stamp_asks_for_what_has_changed_since",
    ),
    documented(
        "Deletions are told by kind, if a stamp and `DeletedMetadataFilters` are sent.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.messages.retrievemetadatachangesrequest.deletedmetadatafilters, generated without a date",
        "service::definitions::changes::a_stamp_asks_for_what_has_changed_since",
    ),
    recorded(
        "A stamp older than 90 days is refused with code 0x80044352.",
        "microsoft/PowerApps-Samples, dataverse/webapi/CSharp-NETx/RetrieveMetadataChanges/Program.cs",
        "service::definitions::changes::a_stamp_expires",
    ),
    decided(
        "A stamp from before the database was created is refused with code 0x80044352.",
        "it is from another database, such as that of the emulator before a restart; a client then reads everything again",
        "service::definitions::changes::a_stamp_of_another_database_has_expired",
    ),
];
