//! All tables, by logical name and by entity set.

use std::collections::HashMap;

use super::problem::DefinitionWarning;
use super::table::{Association, Table};

/// All tables.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(super) tables: Vec<Table>,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) by_set: HashMap<String, usize>,
    pub(super) associations: Vec<Association>,
    pub(super) warnings: Vec<DefinitionWarning>,
}

impl Schema {
    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    pub(crate) fn associations(&self) -> &[Association] {
        &self.associations
    }

    /// Returns the warnings about the definitions.
    pub(crate) fn warnings(&self) -> &[DefinitionWarning] {
        &self.warnings
    }

    /// Adds a warning for each table that has records in the database and no definition.
    pub(crate) fn warn_of_tables_without_definition(&mut self, names: &[String]) {
        self.warnings.extend(names.iter().map(|name| {
            let problem = "the database has it, and nothing describes it: its records stay, and cannot be reached; add the \
                           definitions that the database was made with (`EmulatorBuilder::definitions`, `--definitions`)";
            DefinitionWarning::of_table(name, problem)
        }));
    }

    /// Returns the table with this logical name.
    pub(crate) fn table(&self, logical_name: &str) -> Option<&Table> {
        self.by_name.get(logical_name).map(|index| &self.tables[*index])
    }

    /// Returns the table with this entity set name.
    pub(crate) fn set(&self, entity_set_name: &str) -> Option<&Table> {
        self.by_set.get(entity_set_name).map(|index| &self.tables[*index])
    }
}
