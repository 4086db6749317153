//! Writes of definitions: tables, columns, relationships, option sets, keys, solutions.

use super::Fact;
use super::fact::{decided, documented, reported};

/// The page on tables.
const TABLES: &str = "webapi/create-update-entity-definitions-using-web-api, 2023-06-07";
/// The sample that creates a publisher, a solution, a table and its columns.
const SAMPLE: &str = "webapi/web-api-metadata-operations-sample, 2022-09-02";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "`POST EntityDefinitions` creates a table and answers 204 with its id in `OData-EntityId`.",
        TABLES,
        "service::definition_writes::tables::a_created_table_has_records_at_once",
    ),
    documented(
        "A new table has the columns of every table: its id, creation, changes, status, versions, and an owner if users own it.",
        "create-edit-entity-metadata and the columns of msdyn_sessionevent, read 2026-11-27",
        "service::definition_writes::tables::a_created_table_has_the_columns_of_every_table",
    ),
    documented(
        "The entity set of a table is its plural: `new_bankaccounts`.",
        SAMPLE,
        "service::definition_writes::tables::a_created_table_has_records_at_once",
    ),
    reported(
        "A name that a table has already is a 400 with code 0x80044363, and changes nothing.",
        "metadata errors that microsoft/Dataverse-skills lists, read 2026-11-27",
        "service::definition_writes::tables::a_duplicate_table_changes_nothing",
    ),
    decided(
        "A deleted table is gone with its rows; a table of Dataverse itself cannot be deleted.",
        "no page gives the words of the refusal",
        "service::definition_writes::tables::a_deleted_table_is_gone",
    ),
];
