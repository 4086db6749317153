//! Definitions.

use super::Fact;
use super::fact::{decided, documented, recorded};

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
    decided(
        "A definition that is not there is a 404 with code 0x80060888 and the text `EntityMetadata With Id = LogicalName='x' does not exist.`",
        "public programs catch these words; no page and no recorded answer has them",
        "service::definitions::queries::missing_definitions_are_404",
    ),
    decided(
        "The text for an attribute, a relationship or an option set that is not there names its type in the same way.",
        "only the text for tables is known",
        "service::definitions::queries::missing_definitions_are_404",
    ),
    decided(
        "Names of definitions are compared letter by letter.",
        "no source; logical names are lower case, so that other spellings are mistakes",
        "service::definitions::queries::missing_definitions_are_404",
    ),
    documented(
        "The alternate key of tables and attributes is `LogicalName`, and no other property.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::missing_definitions_are_404",
    ),
    documented(
        "`MetadataId` is answered whatever is selected.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
    ),
    recorded(
        "The context of one definition is `#EntityDefinitions(` selected properties `)/$entity`.",
        "answer to EntityDefinitions(LogicalName='account')?$select=ObjectTypeCode of a real org, in a public how-to",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
    ),
    documented(
        "A localized label has `Label`, `LanguageCode`, `IsManaged`, `MetadataId` and `HasChanged`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
    ),
    documented(
        "Definitions have no etag.",
        "webapi/retrieve-metadata-name-metadataid, 2026-08-07",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
    ),
    decided(
        "A property that Dataverse declares and the loaded definition lacks is null.",
        "the emulator knows nothing of it, and every such property can be null",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
    ),
    decided(
        "A table whose logical name has a prefix is a custom table, unless its definition says otherwise.",
        "names of custom tables start with a publisher's prefix",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
    ),
    decided(
        "`$select` of a property that the type has not is a 400: `Could not find a property named …`.",
        "as for tables (web-api-client-errors); public programs quote it for definitions",
        "service::definitions::queries::a_selection_has_the_id_and_the_selected_properties",
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
    decided(
        "`startswith`, `endswith` and `contains` on definitions are refused: 0x8006088a, `The \"startswith\" function isn't supported for Metadata Entities.`",
        "public programs quote code and words; they do not agree on the status (400 or 501)",
        "service::definitions::queries::invalid_filters_are_refused",
    ),
    recorded(
        "The type of an enumeration's member can be left out of a filter.",
        "request of PyPI PowerPlatform-Dataverse-Client 1.1.0, `AttributeType ne 'Virtual'`; the page tells to name it",
        "service::definitions::queries::filters_by_simple_types_and_enumerations",
    ),
    decided(
        "A text that is no member of the enumeration is refused.",
        "it is a mistake of the caller; no source shows Dataverse's words",
        "service::definitions::queries::invalid_filters_are_refused",
    ),
    documented(
        "`$filter` does not work on labels.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::invalid_filters_are_refused",
    ),
    documented(
        "All definitions that match are in the first answer: there are no pages.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::queries::definitions_have_no_pages_and_no_order",
    ),
    decided(
        "`$top`, `$orderby`, `$count` and `$apply` on definitions are refused: 400, 0x80060888, `The query parameter $top is not supported`.",
        "public programs quote code and words; no page has them",
        "service::definitions::queries::definitions_have_no_pages_and_no_order",
    ),
    decided(
        "`/$count` of definitions is answered by 501.",
        "no source shows what Dataverse does",
        "service::definitions::queries::definitions_have_no_pages_and_no_order",
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
    decided(
        "`LabelLanguages=1033` leaves labels of that language alone.",
        "public programs send it, and one says that its org refused it on EntityDefinitions",
        "service::definitions::queries::labels_have_the_requested_languages",
    ),
    decided(
        "The label of the user is null if `LabelLanguages` lacks its language.",
        "no source; null is what labels without a text in the user's language have",
        "service::definitions::queries::labels_have_the_requested_languages",
    ),
    recorded(
        "`Consistency: Strong` is taken with requests for definitions.",
        "requests of microsoft/PowerApps-Samples, dataverse/webapi/CSharp-NETx",
        "service::definitions::queries::definitions_cannot_be_patched",
    ),
    decided(
        "PATCH of a table's definition is a 405 with code 0x80060888: `Operation not supported on EntityMetadata`.",
        "public programs quote status, code and words; the page on definitions tells to use PUT",
        "service::definitions::queries::definitions_cannot_be_patched",
    ),
    documented(
        "`ManagedPropertyDefinitions` is for Dataverse's own use; the emulator answers 501.",
        "webapi/use-web-api-metadata, 2022-09-02",
        "service::definitions::queries::definitions_cannot_be_patched",
    ),
    documented(
        "`RelationshipDefinitions` has one-to-many and many-to-many relationships, each with its type.",
        "webapi/use-web-api-metadata, 2022-09-02",
        "service::definitions::relationships::relationships_of_both_kinds_are_listed_once",
    ),
    documented(
        "Without a cast, a relationship has the properties that both kinds share.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::relationships::shared_properties_of_relationships_need_no_cast",
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
        "service::definitions::option_sets::global_option_sets_take_no_filter",
    ),
    documented(
        "`Options` is no property of the base type of option sets.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::option_sets::global_option_sets_take_no_filter",
    ),
    documented(
        "`OptionSet` and `GlobalOptionSet` are expanded after a cast.",
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
        "service::definitions::option_sets::options_need_a_cast",
    ),
    documented(
        "Attributes cannot be cast to `EnumAttributeMetadata`.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::option_sets::options_need_a_cast",
    ),
    documented(
        "`$expand=Attributes` takes a cast to one type.",
        "query-schema-definitions, 2023-08-05",
        "service::definitions::option_sets::options_need_a_cast",
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
];
