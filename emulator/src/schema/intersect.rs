//! The intersect tables of many-to-many relationships.

use std::sync::Arc;

use dataverse_definitions::{Column as Definition, Kind};

use super::answer::Answer;
use super::column::Column;
use super::table::{Association, Ownership, Table};

impl Association {
    /// Returns the intersect table: a row for each pair, with the keys of both records.
    pub(crate) fn table(&self) -> Table {
        let column = |name: &String| {
            let mut definition = Definition::default();
            definition.logical_name.clone_from(name);
            definition.set_kind(Kind::Uniqueidentifier);
            Column::load(&definition).ok()
        };
        Table {
            logical_name: self.intersect.clone(),
            entity_set_name: String::new(),
            ownership: Ownership::Other,
            privileges: Vec::new(),
            is_activity: false,
            change_tracking: false,
            elastic: false,
            primary_id: self.columns[0].clone(),
            primary_name: None,
            columns: self.columns.iter().filter_map(column).collect(),
            keys: Vec::new(),
            navigations: Vec::new(),
            dependents: Vec::new(),
            model: Arc::default(),
            definition: Answer::none(),
        }
    }
}
