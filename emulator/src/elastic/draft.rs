//! The partition of a draft.

use rusqlite::types::Value;

use crate::row_id::partition_of;
use crate::schema::PARTITION;
use crate::write::{ColumnValue, Draft};

impl Draft<'_> {
    /// Returns the partition id that the draft sets, if it sets one.
    pub(crate) fn partition(&self) -> Option<&str> {
        let (_, cell) = self.cells.iter().find(|(each, _)| each.logical_name == PARTITION)?;
        match cell {
            ColumnValue::Value(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Sets the partition id to that of the row with this id, unless the row has none.
    pub(crate) fn set_partition(&mut self, id: &str) {
        let column = self.table.column(PARTITION);
        if let (Some(column), Some(partition)) = (column, partition_of(id)) {
            self.cells.retain(|(each, _)| each.logical_name != column.logical_name);
            self.cells.push((column, ColumnValue::Value(Value::Text(partition.to_owned()))));
        }
    }
}
