//! The tables that the service has: read once from `EntityDefinitions`, asked by everything else.

mod column;
mod load;
mod metadata;
mod table;

pub(crate) use column::{Behavior, Choice, Column, Kind};
pub use load::DefinitionError;
pub(crate) use metadata::definition_of;
pub(crate) use table::{Association, Navigation, OnDelete, Table};

use std::collections::HashMap;

use crate::json::Json;

/// All tables.
#[derive(Debug)]
pub(crate) struct Schema {
    tables: Vec<Table>,
    by_name: HashMap<String, usize>,
    by_set: HashMap<String, usize>,
    associations: Vec<Association>,
}

impl Schema {
    /// The tables that these definitions describe. Of two definitions of one table the later one adds to the earlier.
    pub(crate) fn load(definitions: Vec<Json>) -> Result<Self, DefinitionError> {
        load::schema(definitions)
    }

    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    pub(crate) fn associations(&self) -> &[Association] {
        &self.associations
    }

    /// The table with this logical name.
    pub(crate) fn table(&self, logical_name: &str) -> Option<&Table> {
        self.by_name.get(logical_name).map(|place| &self.tables[*place])
    }

    /// The table with this entity set name.
    pub(crate) fn set(&self, entity_set_name: &str) -> Option<&Table> {
        self.by_set.get(entity_set_name).map(|place| &self.tables[*place])
    }
}
