//! Where definitions come from.

use super::Fact;
use super::fact::{decided, documented, recorded};

pub(super) const FACTS: &[Fact] = &[
    recorded(
        "A table's properties and navigation properties in `$metadata` have the names and types of a real org's.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::metadata::the_csdl_of_a_table_is_that_of_a_real_org",
    ),
    recorded(
        "In `$metadata`, a lookup and its collection are partners, and a lookup has a referential constraint.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::metadata::the_csdl_is_consistent",
    ),
    recorded(
        "`$metadata` declares the types and the four entity sets of definitions.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::metadata::the_types_of_definitions_are_declared",
    ),
    decided(
        "The emulator reads the `$metadata` that it answers.",
        "what it says of tables is whole",
        "service::definitions::metadata::the_csdl_can_be_read_again",
    ),
    documented(
        "The service document lists all entity sets.",
        "webapi/web-api-service-documents, 2024-01-10",
        "service::definitions::metadata::the_service_document_lists_the_sets",
    ),
    recorded(
        "The tables of `$metadata` are the entity sets whose type derives from `crmbaseentity`.",
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
        "A decimal that `$metadata` declares keeps 10 digits, an amount 4, and a decimal with a `_base` next to it is an amount.",
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
        "A relationship that `$metadata` declares clears its lookups when the record is deleted.",
        "the document does not say it; it is the default of new relationships",
        "service::definitions::sources::metadata_has_the_lookups_and_their_collections",
    ),
    recorded(
        "Two collections that are each other's partners are a many-to-many relationship.",
        "$metadata of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::metadata_has_the_many_to_many_relationships",
    ),
    decided(
        "A table that `$metadata` declares takes any integer for a choice, texts of any length, and has the first state 0 with the status 1.",
        "the document does not say it, and the first warning does",
        "service::definitions::sources::metadata_warns_of_what_it_lacks",
    ),
    decided(
        "`$metadata` changes nothing that another definition says.",
        "others know more",
        "service::definitions::sources::metadata_adds_to_other_sources",
    ),
    recorded(
        "The answer of `RetrieveMetadataChanges` has all that makes a table.",
        "answers of RetrieveMetadataChanges of a real org, in npm dataverse-gen 2.0.15",
        "service::definitions::sources::the_answer_of_retrieve_metadata_changes_can_be_read_again",
    ),
    documented(
        "The list of attributes with a cast has the options that `EntityDefinitions` lacks.",
        "webapi/query-metadata-web-api, 2023-01-04",
        "service::definitions::sources::options_are_added_by_the_answer_to_a_cast",
    ),
    decided(
        "A definition that would make the emulator answer wrongly is an error that names table and attribute.",
        "a test that passes on a wrong definition proves nothing",
        "service::definitions::warnings::wrong_definitions_are_refused",
    ),
    decided(
        "A definition that lacks something is taken, with a warning.",
        "the emulator is narrower there, and says so",
        "service::definitions::warnings::gaps_in_definitions_are_warnings",
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
        "A relationship whose deletion is restricted refuses to delete a record while another refers to it.",
        "configure-entity-relationship-cascading-behavior, 2021-03-11",
        "service::own_tables::a_derived_struct_is_a_table",
    ),
    documented(
        "An entity set that is not there is a 404 with code 0x8006088a: `Resource not found for the segment '…'.`",
        "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07",
        "service::own_tables::a_missing_table_is_an_error_with_advice",
    ),
    decided(
        "The definition that is answered makes the same table when it is read.",
        "so that one emulator can be made from another",
        "service::own_tables::a_returned_definition_can_be_read_again",
    ),
    decided(
        "A text that is no definition is refused, with the table and what is missing.",
        "a table cannot be guessed",
        "service::own_tables::wrong_definitions_are_errors",
    ),
    decided(
        "A file of definitions that cannot be read or used is named in the error; a list of definitions is one of them.",
        "the emulator's own",
        "service::own_tables::definitions_in_a_file",
    ),
    decided(
        "Records of a table that the definitions leave out stay in the file, and a warning names the table.",
        "the emulator's own",
        "service::own_tables::records_of_a_table_without_definition_are_a_warning",
    ),
    decided(
        "A table's logical name, or its entity set in other letters, in place of the entity set is a 404 that names the set.",
        "the emulator's own",
        "service::own_tables::a_misspelt_table_is_an_error_with_its_name",
    ),
    decided(
        "A file keeps its records, and takes columns that were added to definitions since.",
        "tables grow in an org, too",
        "service::own_tables::a_file_keeps_its_data_and_gets_new_columns",
    ),
    decided(
        "A table or column without a name, or with a control character in it, and two tables whose names differ in capitals only, are refused; the error quotes excerpts.",
        "Dataverse has no such names, and the database would keep the records of the two tables together",
        "service::definitions::warnings::hostile_names_are_refused_in_short_errors",
    ),
    decided(
        "No name in a definition does anything but name: quotes in it are only quotes.",
        "injected SQL would change the data",
        "service::definitions::warnings::quotes_in_names_are_only_quotes",
    ),
];
