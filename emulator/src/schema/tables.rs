//! All tables, by logical name and by entity set.

use std::collections::HashMap;

use super::problem::DefinitionWarning;
use super::table::{Association, Table};
use crate::json::Json;

/// All tables.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(super) tables: Vec<Table>,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) by_set: HashMap<String, usize>,
    pub(super) associations: Vec<Association>,
    pub(super) option_sets: Vec<Json>,
    pub(super) warnings: Vec<DefinitionWarning>,
}

impl Schema {
    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    pub(crate) fn associations(&self) -> &[Association] {
        &self.associations
    }

    /// Returns the global option sets that were created, whether a column uses them or not.
    pub(crate) fn option_sets(&self) -> &[Json] {
        &self.option_sets
    }

    /// Returns the schema with these global option sets.
    pub(crate) fn with_option_sets(mut self, option_sets: Vec<Json>) -> Self {
        self.option_sets = option_sets;
        self
    }

    /// Returns the warnings about the definitions, and one for each of these tables, which have records in
    /// the database and no definition.
    pub(crate) fn warnings_with(&self, without_definition: &[String]) -> Vec<DefinitionWarning> {
        let mut warnings = self.warnings.clone();
        warnings.extend(without_definition.iter().map(|name| {
            let problem = "the database has it, and nothing describes it: its records stay, and cannot be reached; add the \
                           definitions that the database was made with (`EmulatorBuilder::definitions`, `--definitions`)";
            DefinitionWarning::of_table(name, problem)
        }));
        warnings
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
