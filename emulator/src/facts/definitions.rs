//! Definitions.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "A table's definition is named by its `LogicalName` or its `MetadataId`.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::definitions_are_found_by_name_and_by_filter",
    ),
    documented(
        "`EntityDefinitions` takes `$filter` on names, joined by `or`.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::queries::definitions_are_found_by_name_and_by_filter",
    ),
    documented(
        "`$expand` of a definition takes `$select` and `$filter` of its own.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::definitions_are_found_by_name_and_by_filter",
    ),
    documented(
        "Attributes, keys and relationships are navigation properties: a definition has them only if they are expanded.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::definitions_are_found_by_name_and_by_filter",
    ),
    reported(
        "A definition that is not there is a 404 with code 0x80060888 and the text `EntityMetadata With Id = LogicalName='x' does not exist.`",
        "quoted by six public programs that catch it, as of 2026; no page has it",
        "service::definitions::queries::definitions_that_are_not_there",
    ),
    decided(
        "The text for an attribute, a relationship or an option set that is not there names its type in the same way.",
        "only the text for tables is known",
        "service::definitions::queries::definitions_that_are_not_there",
    ),
    decided(
        "Names of definitions are compared letter by letter.",
        "no source; logical names are lower case, so that other spellings are mistakes",
        "service::definitions::queries::definitions_that_are_not_there",
    ),
    documented(
        "The alternate key of tables and attributes is `LogicalName`, and no other property.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::definitions_that_are_not_there",
    ),
    documented(
        "`MetadataId` is answered whatever is selected.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    recorded(
        "The context of one definition is `#EntityDefinitions(` selected properties `)/$entity`.",
        "answer to EntityDefinitions(LogicalName='account')?$select=ObjectTypeCode of a real org, in a public how-to",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    documented(
        "A localized label has `Label`, `LanguageCode`, `IsManaged`, `MetadataId` and `HasChanged`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    documented(
        "Definitions have no etag.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    decided(
        "A property that Dataverse declares and the loaded definition lacks is null.",
        "the emulator knows nothing of it, and every such property can be null",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    decided(
        "A table whose logical name has a prefix is a custom table, unless its definition says otherwise.",
        "names of custom tables start with a publisher's prefix",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    reported(
        "`$select` of a property that the type has not is a 400: `Could not find a property named …`.",
        "quoted by a public program for AttributeMetadata",
        "service::definitions::queries::a_selection_shows_the_id_and_what_is_selected",
    ),
    documented(
        "`$filter` takes any property of a primitive type.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::filters_by_simple_types_and_enumerations",
    ),
    documented(
        "`$filter` names members of enumerations with their namespace and type.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::filters_by_simple_types_and_enumerations",
    ),
    documented(
        "`$filter` on a managed property names the value in it: `CanCreateAttributes/Value`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::filters_by_simple_types_and_enumerations",
    ),
    documented(
        "`$filter` on the required level combines path and enumeration: `RequiredLevel/Value eq …AttributeRequiredLevel'ApplicationRequired'`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::filters_by_simple_types_and_enumerations",
    ),
    decided(
        "Managed properties that start with `Can`, and `IsCustomizable`, are true where the definition lacks them.",
        "a table that is declared by its owner may be changed by its owner",
        "service::definitions::queries::filters_by_simple_types_and_enumerations",
    ),
    reported(
        "`startswith`, `endswith` and `contains` on definitions are refused: 0x8006088a, `The \"startswith\" function isn't supported for Metadata Entities.`",
        "nine public programs that met it on orgs, as of 2026; three name status 501, two 400",
        "service::definitions::queries::filters_that_are_refused",
    ),
    documented(
        "A member of an enumeration without its type is refused.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::filters_that_are_refused",
    ),
    documented(
        "`$filter` does not work on labels.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::filters_that_are_refused",
    ),
    documented(
        "All definitions that match are in the first answer: there are no pages.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::definitions_come_whole_and_in_no_order",
    ),
    reported(
        "`$top`, `$orderby`, `$count` and `$apply` on definitions are refused: 400, 0x80060888, `The query parameter $top is not supported`.",
        "eight public programs that met it on orgs, one on 2026-04-22 with v9.2",
        "service::definitions::queries::definitions_come_whole_and_in_no_order",
    ),
    decided(
        "`/$count` of definitions is answered by 501.",
        "no source shows what Dataverse does",
        "service::definitions::queries::definitions_come_whole_and_in_no_order",
    ),
    documented(
        "An attribute has the `@odata.type` of its kind in lists of all kinds.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::attributes_have_their_type_and_a_cast_shows_its_properties",
    ),
    documented(
        "Without a cast, only the properties that all attributes share can be selected.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::attributes_have_their_type_and_a_cast_shows_its_properties",
    ),
    documented(
        "A cast of `Attributes` answers the attributes of that type, with the properties of the type.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::attributes_have_their_type_and_a_cast_shows_its_properties",
    ),
    documented(
        "An attribute is named by its `LogicalName` or its `MetadataId` below its table.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::attributes_have_their_type_and_a_cast_shows_its_properties",
    ),
    documented(
        "The context of attributes names the table as the request does: by name or by id.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::attributes_have_their_type_and_a_cast_shows_its_properties",
    ),
    documented(
        "One property of a definition is read by its own path, with the keys of the path in the context.",
        "column-level-security, 2025-07-29, field sharing",
        "service::definitions::queries::single_properties_and_keys_of_definitions",
    ),
    recorded(
        "A key is read below its table by its `LogicalName`.",
        "request of microsoft/PowerApps-Samples, dataverse/webapi/CSharp-NETx/WebAPIService/Metadata/Messages/RetrieveEntityKeyRequest.cs",
        "service::definitions::queries::single_properties_and_keys_of_definitions",
    ),
    reported(
        "`LabelLanguages=1033` leaves labels of that language alone.",
        "four public programs send it; one reports that its org refused it on EntityDefinitions",
        "service::definitions::queries::labels_come_in_the_languages_that_are_asked_for",
    ),
    decided(
        "The user's label is null if its language is not among those that are asked for.",
        "no source; null is what labels without a text in the user's language have",
        "service::definitions::queries::labels_come_in_the_languages_that_are_asked_for",
    ),
    recorded(
        "`Consistency: Strong` is taken with requests for definitions.",
        "requests of microsoft/PowerApps-Samples, dataverse/webapi/CSharp-NETx",
        "service::definitions::queries::definitions_are_not_written",
    ),
    reported(
        "PATCH of a table's definition is a 405 with code 0x80060888: `Operation not supported on EntityMetadata`.",
        "ten public programs and guides that met it on orgs, as of 2026",
        "service::definitions::queries::definitions_are_not_written",
    ),
    decided(
        "Definitions are not written: POST, PUT and DELETE answer 501.",
        "tables are declared when the emulator is made",
        "service::definitions::queries::definitions_are_not_written",
    ),
    documented(
        "`ManagedPropertyDefinitions` is for Dataverse's own use; the emulator answers 501.",
        "webapi/use-web-api-metadata, 2022-09-02",
        "service::definitions::queries::definitions_are_not_written",
    ),
    documented(
        "`RelationshipDefinitions` has one-to-many and many-to-many relationships, each with its type.",
        "webapi/use-web-api-metadata, 2022-09-02",
        "service::definitions::relationships::relationships_of_both_kinds_are_listed_once",
    ),
    documented(
        "Without a cast, a relationship has the properties that both kinds share.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::relationships::what_a_relationship_shares_with_others_needs_no_cast",
    ),
    documented(
        "A cast of `RelationshipDefinitions` answers the relationships of one kind, and filters by its properties.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::relationships::a_cast_shows_the_relationships_of_one_kind",
    ),
    documented(
        "The one-to-many relationships of a table are those of all whose `ReferencedEntity` it is.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::relationships::a_cast_shows_the_relationships_of_one_kind",
    ),
    documented(
        "A relationship is named by its `SchemaName` or its `MetadataId`.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::relationships::a_relationship_is_found_by_name_and_by_id",
    ),
    decided(
        "A cast to the other kind of relationship is a 404.",
        "OData leaves nothing at such a path; no source shows Dataverse's words",
        "service::definitions::relationships::a_relationship_is_found_by_name_and_by_id",
    ),
    documented(
        "`GlobalOptionSetDefinitions` has the choices that columns share, and none of those that one column has alone.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::option_sets::global_option_sets_are_listed_with_their_type",
    ),
    recorded(
        "In the list of global option sets each has its type, and the properties of the type.",
        "list of global option sets of a real org, v9.1, in the tests of a public .NET client",
        "service::definitions::option_sets::global_option_sets_are_listed_with_their_type",
    ),
    documented(
        "A global option set is named by its `Name` or its `MetadataId`.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::option_sets::a_global_option_set_is_found_by_name_and_by_id",
    ),
    documented(
        "A global option set is read with a cast to its type.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::option_sets::a_global_option_set_is_found_by_name_and_by_id",
    ),
    documented(
        "`GlobalOptionSetDefinitions` takes no `$filter`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::option_sets::global_option_sets_are_not_filtered",
    ),
    documented(
        "`Options` is no property of the base type of option sets.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::option_sets::global_option_sets_are_not_filtered",
    ),
    documented(
        "`OptionSet` and `GlobalOptionSet` are expanded behind a cast.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::option_sets::options_come_with_a_cast",
    ),
    documented(
        "Either of `OptionSet` and `GlobalOptionSet` has the options, whether they are the column's own or shared.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::option_sets::options_come_with_a_cast",
    ),
    recorded(
        "Options of states and statuses have a type of their own.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::option_sets::options_come_with_a_cast",
    ),
    documented(
        "`OptionSet` cannot be expanded without a cast.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::option_sets::options_do_not_come_without_a_cast",
    ),
    documented(
        "Attributes cannot be cast to `EnumAttributeMetadata`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::option_sets::options_do_not_come_without_a_cast",
    ),
    documented(
        "`$expand=Attributes` takes a cast to one type.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::option_sets::options_do_not_come_without_a_cast",
    ),
    documented(
        "An option set is read by its own path, with `$select` and its id.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::option_sets::an_option_set_is_read_as_a_part_of_its_column",
    ),
    documented(
        "An option has a label, a description, a color, and the other members of `OptionMetadata`.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::option_sets::an_option_set_is_read_as_a_part_of_its_column",
    ),
    documented(
        "`RetrieveMetadataChanges` takes its query as JSON behind an alias.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_answers_what_it_asks_for_and_null_for_the_rest",
    ),
    documented(
        "`MetadataId`, `LogicalName` and `HasChanged` are answered whether they are asked for or not.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_answers_what_it_asks_for_and_null_for_the_rest",
    ),
    documented(
        "Properties that are not asked for are null.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_answers_what_it_asks_for_and_null_for_the_rest",
    ),
    recorded(
        "Lists that are not asked for are empty, and `IsValidODataAttribute` is false.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::changes::a_query_answers_what_it_asks_for_and_null_for_the_rest",
    ),
    recorded(
        "Attributes have complex types, `ComplexStringAttributeMetadata` and so on; an id has none.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::changes::a_query_answers_what_it_asks_for_and_null_for_the_rest",
    ),
    documented(
        "A version stamp is a number, `!`, and the time as month/day/year.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_query_answers_what_it_asks_for_and_null_for_the_rest",
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
        "Of a managed property, a condition compares the value.",
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
    reported(
        "The values of `In` and `NotIn` are a text such as `['account','contact']` of type `System.String[]`.",
        "draft of a page on the recycle bin in MicrosoftDocs/powerapps-docs",
        "service::definitions::changes::conditions_compare_in_six_ways",
    ),
    reported(
        "A condition on `SourceType` is refused: `Conditions based on property SourceType is not supported`.",
        "github.com/MicrosoftDocs/powerapps-docs, issue 4608",
        "service::definitions::changes::conditions_that_are_refused",
    ),
    documented(
        "Labels and collections cannot be conditions.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::conditions_that_are_refused",
    ),
    documented(
        "`HasChanged` cannot be a condition.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.metadata.metadatabase.haschanged",
        "service::definitions::changes::conditions_that_are_refused",
    ),
    documented(
        "The type of a condition's value is the .NET type of the property.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::conditions_that_are_refused",
    ),
    documented(
        "Relationships and keys have queries of their own, and are answered if their lists are among the properties.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::relationships_and_keys_are_asked_for_in_their_own_queries",
    ),
    documented(
        "Without a query, everything is answered.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_call_without_a_query_and_the_older_functions_answer_everything",
    ),
    documented(
        "`RetrieveAllEntities` and `RetrieveEntity` answer the parts that `EntityFilters` names.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_call_without_a_query_and_the_older_functions_answer_everything",
    ),
    documented(
        "With the stamp of an earlier answer, only what has changed since is answered.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::changes::a_stamp_asks_for_what_has_changed_since",
    ),
    documented(
        "A table that has not changed itself is answered with `HasChanged` false around its changed columns.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.metadata.metadatabase.haschanged",
        "service::definitions::changes::a_stamp_asks_for_what_has_changed_since",
    ),
    documented(
        "Deletions are told by kind, if a stamp and `DeletedMetadataFilters` are sent.",
        "learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.messages.retrievemetadatachangesrequest.deletedmetadatafilters",
        "service::definitions::changes::a_stamp_asks_for_what_has_changed_since",
    ),
    recorded(
        "A stamp older than 90 days is refused with code 0x80044352.",
        "microsoft/PowerApps-Samples, dataverse/webapi/CSharp-NETx/RetrieveMetadataChanges/Program.cs",
        "service::definitions::changes::a_stamp_expires",
    ),
    recorded(
        "A table's properties and navigation properties in `$metadata` have the names and types of a real org's.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::metadata::the_csdl_has_what_a_real_org_has_of_the_table",
    ),
    recorded(
        "In `$metadata`, a lookup and its collection are partners, and a lookup has a referential constraint.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::metadata::the_csdl_holds_together",
    ),
    recorded(
        "`$metadata` declares the types and the four entity sets of definitions.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::metadata::the_types_of_definitions_are_declared",
    ),
    decided(
        "The emulator reads the `$metadata` that it answers.",
        "what it says of tables is whole",
        "service::definitions::metadata::the_csdl_that_is_answered_is_read_again",
    ),
    documented(
        "The service document lists all entity sets.",
        "webapi/web-api-service-documents",
        "service::definitions::metadata::the_service_document_lists_the_sets",
    ),
    recorded(
        "Of `$metadata`, the tables are the entity sets whose type derives from `crmbaseentity`.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_tables_and_their_keys",
    ),
    recorded(
        "Users and teams inherit the key `ownerid`, and lookups refer to `systemuserid` and `teamid`.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_tables_and_their_keys",
    ),
    recorded(
        "Alternate keys are annotations of a type, and name lookups by `_x_value`.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_tables_and_their_keys",
    ),
    decided(
        "The primary name of a table out of `$metadata` is the first of `prefix_name`, `name`, `fullname`, `title` and `subject` that it has.",
        "the document does not say it",
        "service::definitions::sources::metadata_has_the_tables_and_their_keys",
    ),
    decided(
        "Out of `$metadata`, decimals keep 10 digits, amounts 4, and a decimal with a `_base` next to it is an amount.",
        "Dataverse's maxima; the document does not say them",
        "service::definitions::sources::metadata_has_the_types_of_columns",
    ),
    recorded(
        "Property names can have capitals.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_types_of_columns",
    ),
    recorded(
        "An `_x_value` without a navigation property is read and cannot be bound.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_lookups_and_their_collections",
    ),
    recorded(
        "The regarding object of an activity type has no constraint of its own: its name starts with the lookup's.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_lookups_and_their_collections",
    ),
    decided(
        "Out of `$metadata`, a deletion clears the lookups that lead to the record.",
        "the document does not say it; it is the default of new relationships",
        "service::definitions::sources::metadata_has_the_lookups_and_their_collections",
    ),
    recorded(
        "Two collections that are each other's partners are a many-to-many relationship.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_many_to_many_relationships",
    ),
    decided(
        "Out of `$metadata`, any integer is an option, the first state is 0 with status 1, and texts have any length.",
        "the document does not say it, and the first warning does",
        "service::definitions::sources::metadata_says_what_it_does_not_know",
    ),
    decided(
        "`$metadata` changes nothing that another definition says.",
        "others know more",
        "service::definitions::sources::metadata_adds_to_what_others_say",
    ),
    recorded(
        "The answer of `RetrieveMetadataChanges` has all that makes a table.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::the_answer_of_changes_is_read_again",
    ),
    documented(
        "The list of attributes behind a cast has the options that `EntityDefinitions` lacks.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::sources::options_are_added_by_the_answer_to_a_cast",
    ),
    decided(
        "A definition that would make the emulator answer wrongly is an error that names table and attribute.",
        "a test that passes on a wrong definition proves nothing",
        "service::definitions::warnings::definitions_that_make_the_service_wrong_are_refused",
    ),
    decided(
        "A definition that lacks something is taken, with a warning.",
        "the emulator is narrower there, and says so",
        "service::definitions::warnings::definitions_that_make_the_service_narrower_are_told_of",
    ),
    decided(
        "A warning names its table and its attribute.",
        "so that a program can look for one",
        "service::definitions::warnings::a_warning_names_its_table_and_attribute",
    ),
    decided(
        "A derived struct is a table: with its columns, key, relationship and option set.",
        "what the emulator is for",
        "service::own_tables::a_derived_struct_is_a_table",
    ),
    documented(
        "A relationship whose deletion is restricted refuses to delete the record that is referred to.",
        "webapi/create-update-entity-relationships-using-web-api",
        "service::own_tables::a_derived_struct_is_a_table",
    ),
    reported(
        "An entity set that is not there is a 404 with code 0x8006088a: `Resource not found for the segment '…'.`",
        "MicrosoftDocs/SupportArticles-docs, web-api-client-errors",
        "service::own_tables::a_table_that_is_not_there_is_said_with_what_to_do",
    ),
    decided(
        "The definition that is answered makes the same table when it is read.",
        "so that one emulator can be made from another",
        "service::own_tables::the_definition_that_is_answered_is_read_again",
    ),
    decided(
        "A text that is no definition is refused, with the table and what is missing.",
        "a table cannot be guessed",
        "service::own_tables::definitions_that_are_wrong",
    ),
    decided(
        "A file keeps its records, and takes columns that were added to definitions since.",
        "tables grow in an org, too",
        "service::own_tables::a_file_keeps_everything_and_takes_new_columns",
    ),
];
