//! Writes of definitions: tables, columns, relationships, option sets, keys, solutions.

use super::Fact;
use super::fact::{decided, documented, reported};

/// The page on tables.
const TABLES: &str = "webapi/create-update-entity-definitions-using-web-api, 2023-06-07";
/// The page on columns.
const COLUMNS: &str = "webapi/create-update-column-definitions-using-web-api, 2023-12-12";
/// The page on relationships.
const RELATIONSHIPS: &str = "webapi/create-update-entity-relationships-using-web-api, 2022-04-06";
/// The page on option sets.
const OPTION_SETS: &str = "webapi/create-update-optionsets, 2023-06-07";
/// The sample that creates a publisher, a solution, a table and its columns.
const SAMPLE: &str = "webapi/web-api-metadata-operations-sample, 2022-09-02";
/// The list of error codes.
const CODES: &str = "reference/web-service-error-codes, read 2026-11-27";
/// The reason of rules for which no source gives a code and words.
const NO_WORDS: &str = "the rule follows from the page; no source gives its code and words";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`POST EntityDefinitions` creates a table and answers 204 with its id in `OData-EntityId`.",
        TABLES,
        "service::definition_writes::tables::a_created_table_has_records_at_once",
    ),
    documented(
        "A new table has the columns of every table: its id, creation, changes, status, versions, and an owner if users own it.",
        "reference/entities of tables that Microsoft's own solutions add, such as msdyn_sessionevent, read 2026-11-27",
        "service::definition_writes::tables::a_created_table_has_the_columns_of_every_table",
    ),
    documented(
        "The entity set of a table is its plural: `new_bankaccounts`.",
        SAMPLE,
        "service::definition_writes::tables::a_created_table_has_records_at_once",
    ),
    documented(
        "A table needs a schema name, labels for one and for many, and one text column as its primary name.",
        TABLES,
        "service::definition_writes::tables::a_body_without_what_a_table_needs_is_refused",
    ),
    documented(
        "`TableType` `Elastic` makes an elastic table.",
        "create-elastic-tables, read 2026-11-27, without a date",
        "service::definition_writes::tables::an_elastic_table_has_partitions",
    ),
    documented(
        "PUT replaces the definition of a table without its columns.",
        TABLES,
        "service::definition_writes::tables::an_update_of_a_table_keeps_its_columns",
    ),
    documented(
        "Options are deleted from choices and statuses only: code 0x80044323.",
        CODES,
        "service::definition_writes::option_sets::a_status_value_belongs_to_a_state",
    ),
    documented(
        "A table whose name another one has is a 400 with code 0x8004700b, and changes nothing.",
        CODES,
        "service::definition_writes::tables::a_duplicate_table_changes_nothing",
    ),
    decided(
        "A deleted table is gone with its rows; a table of Dataverse itself cannot be deleted (0x8004f032).",
        "the list of error codes has the code and the words up to the condition",
        "service::definition_writes::tables::a_deleted_table_is_gone",
    ),
    documented(
        "`POST …/Attributes` adds a column of each kind, with the members that the page shows for the kind.",
        COLUMNS,
        "service::definition_writes::columns::every_kind_of_column_can_be_added",
    ),
    documented(
        "An amount adds the currency and the exchange rate to its table.",
        "define-column-types (money columns), read 2026-11-27",
        "service::definition_writes::columns::every_kind_of_column_can_be_added",
    ),
    documented(
        "A new column answers with its URL below that of its table.",
        COLUMNS,
        "service::definition_writes::columns::a_created_column_answers_with_its_url",
    ),
    decided(
        "Rows keep their values when a column is added; those of a deleted column are gone for good.",
        "a column that is created again under an old name has no values in Dataverse, either",
        "service::definition_writes::columns::rows_keep_their_values_when_a_column_is_added_and_lose_those_of_a_deleted_one",
    ),
    documented(
        "PUT replaces a definition. `MSCRM.MergeLabels: true` keeps labels in other languages; without it they are lost.",
        TABLES,
        "service::definition_writes::columns::an_update_replaces_the_definition_and_merges_labels",
    ),
    documented(
        "A column whose name its table has already is a 400 with code 0x80047013, `DuplicateAttributeSchemaName`.",
        CODES,
        "service::definition_writes::columns::invalid_columns_are_refused_and_change_nothing",
    ),
    documented(
        "Custom names start with the prefix of a publisher; another name is refused with code 0x80048062.",
        CODES,
        "service::definition_writes::columns::invalid_columns_are_refused_and_change_nothing",
    ),
    reported(
        "A body cannot create a lookup or an id: `Attribute of type … cannot be created through the SDK.`",
        "microsoft/PowerApps-Samples#338",
        "service::definition_writes::columns::invalid_columns_are_refused_and_change_nothing",
    ),
    decided(
        "A member that the type of a definition does not have is a 400, as for records.",
        "OData types of definitions are not open",
        "service::definition_writes::columns::invalid_columns_are_refused_and_change_nothing",
    ),
    decided(
        "Only System Administrators change definitions.",
        "Dataverse has privileges such as prvCreateEntity for it, which roles of this emulator lack",
        "service::definition_writes::columns::only_administrators_change_definitions",
    ),
    decided(
        "A change set may change definitions, and records that use them; all of it fails together.",
        "a change set is one transaction",
        "service::definition_writes::columns::a_change_set_with_a_definition_that_fails_changes_nothing",
    ),
    documented(
        "A one-to-many relationship makes its lookup by deep insert.",
        RELATIONSHIPS,
        "service::definition_writes::relationships::a_relationship_makes_its_lookup",
    ),
    documented(
        "The navigation property of a lookup is its schema name, that of the other table the relationship's, unless the body names them.",
        RELATIONSHIPS,
        "service::definition_writes::relationships::a_relationship_makes_its_lookup",
    ),
    decided(
        "A relationship that is deleted takes its lookup along, and a lookup that is deleted its relationship.",
        "neither can be without the other",
        "service::definition_writes::relationships::a_deleted_relationship_takes_its_lookup_along",
    ),
    documented(
        "A many-to-many relationship has the intersect table that its body names.",
        RELATIONSHIPS,
        "service::definition_writes::relationships::a_many_to_many_relationship_associates_records",
    ),
    documented(
        "`CreatePolymorphicLookupAttribute` makes a lookup with a relationship for each table, and answers their ids.",
        "webapi/multitable-lookup, 2021-07-07",
        "service::definition_writes::relationships::a_polymorphic_lookup_has_a_relationship_for_each_table",
    ),
    documented(
        "The last relationship of a polymorphic lookup cannot be deleted (0x80090420), and no table can be referenced twice (0x80090424).",
        CODES,
        "service::definition_writes::relationships::a_polymorphic_lookup_has_a_relationship_for_each_table",
    ),
    documented(
        "`CreateCustomerRelationships` makes a lookup that leads to accounts and contacts.",
        COLUMNS,
        "service::definition_writes::relationships::a_customer_lookup_leads_to_accounts_and_contacts",
    ),
    decided(
        "A relationship with an unknown table, a taken name or a system relationship's name is refused.",
        NO_WORDS,
        "service::definition_writes::relationships::invalid_relationships_are_refused",
    ),
    documented(
        "PUT changes the cascades of a relationship.",
        RELATIONSHIPS,
        "service::definition_writes::relationships::a_changed_cascade_takes_effect",
    ),
    decided(
        "A table that is deleted takes its relationships along.",
        "a relationship has two tables",
        "service::definition_writes::relationships::a_deleted_table_leaves_no_relationship_behind",
    ),
    documented(
        "Columns bind a global option set by its id or its name, and share its options.",
        OPTION_SETS,
        "service::definition_writes::option_sets::columns_share_a_global_option_set",
    ),
    documented(
        "An option set that a column uses cannot be deleted: code 0x80048417, `CannotDeleteInUseOptionSet`.",
        CODES,
        "service::definition_writes::option_sets::columns_share_a_global_option_set",
    ),
    reported(
        "A column binds a global option set: one within its body is refused with code 0x80048403.",
        "0x80048403 and its words in public notes on creating columns, read 2026-11-27",
        "service::definition_writes::columns::invalid_columns_are_refused_and_change_nothing",
    ),
    documented(
        "The primary name column cannot be deleted: code 0x80047002.",
        CODES,
        "service::definition_writes::columns::invalid_columns_are_refused_and_change_nothing",
    ),
    documented(
        "PUT of a global option set changes its labels, and leaves its options alone.",
        OPTION_SETS,
        "service::definition_writes::option_sets::a_global_option_set_without_columns_stays",
    ),
    documented(
        "`InsertOptionValue`, `UpdateOptionValue`, `DeleteOptionValue` and `OrderOption` change the options of a column or of a global set.",
        OPTION_SETS,
        "service::definition_writes::option_sets::actions_change_the_options_of_a_column",
    ),
    documented(
        "`InsertStatusValue` adds a status to a state.",
        OPTION_SETS,
        "service::definition_writes::option_sets::a_status_value_belongs_to_a_state",
    ),
    documented(
        "`POST …/Keys` creates an alternate key.",
        "define-alternate-keys-entity, read 2026-11-27, without a date",
        "service::definition_writes::keys::a_created_key_names_records_at_once",
    ),
    documented(
        "A second key with a name (0x80060893) or with the columns of another (0x80060894) is refused.",
        CODES,
        "service::definition_writes::keys::a_created_key_names_records_at_once",
    ),
    decided(
        "The index of a key is active at once. A key that rows violate is refused.",
        "Dataverse builds the index in a job, whose state is the key's status",
        "service::definition_writes::keys::a_created_key_names_records_at_once",
    ),
    documented(
        "A key has columns for texts, numbers, dates, lookups and choices.",
        "define-alternate-keys-entity, read 2026-11-27, without a date",
        "service::definition_writes::keys::invalid_keys_are_refused",
    ),
    documented(
        "`MSCRM.SolutionUniqueName` adds what is created to a solution: `solutioncomponents` lists its id.",
        SAMPLE,
        "service::definition_writes::solutions::a_table_is_a_component_of_the_solution_that_the_header_names",
    ),
    decided(
        "A solution that does not exist is a 400.",
        NO_WORDS,
        "service::definition_writes::solutions::an_unknown_solution_is_refused",
    ),
    documented(
        "An option without a value gets one that starts with the option value prefix of the solution's publisher.",
        OPTION_SETS,
        "service::definition_writes::solutions::options_without_a_value_get_the_prefix_of_the_publisher",
    ),
    documented(
        "`AddSolutionComponent` and `RemoveSolutionComponent` change the components of a solution.",
        "webapi/reference/addsolutioncomponent, read 2026-11-27, without a date",
        "service::definition_writes::solutions::components_are_added_and_removed",
    ),
    decided(
        "`PublishXml` and `PublishAllXml` answer 204: changes take effect without them.",
        "Dataverse keeps changes of existing definitions back until they are published",
        "service::definition_writes::solutions::publishing_answers_without_content",
    ),
    decided(
        "A database file keeps its changes of definitions.",
        "they belong to its data",
        "service::definition_writes::persistence::a_file_keeps_its_definitions",
    ),
    decided(
        "Another process that uses the file sees a change at once.",
        "every server of an org sees the same definitions",
        "service::definition_writes::persistence::another_process_sees_the_change",
    ),
    decided(
        "A snapshot holds the definitions, too.",
        "they belong to the data",
        "service::definition_writes::persistence::a_snapshot_restores_definitions",
    ),
    documented(
        "`RetrieveMetadataChanges` answers what has changed since a stamp, and the ids of what was deleted.",
        "cache-schema-data, read 2026-11-27, without a date",
        "service::definition_writes::persistence::clients_ask_for_the_changes_of_definitions",
    ),
];
