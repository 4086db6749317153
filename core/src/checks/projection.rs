//! Assertions about projections: the table has their columns, of the kinds that they declare.

use super::lookup::same_targets;
use crate::metadata::{AttributeMetadata, AttributeType, EntityMetadata, TargetTable, same};

/// Returns the column with this logical name, for projections. Fails to compile with the text `problem` if
/// there is none.
#[doc(hidden)]
#[track_caller]
pub const fn column_of(
    table: &'static EntityMetadata,
    logical_name: &str,
    problem: &'static str,
) -> &'static AttributeMetadata {
    let mut index = 0;
    while index < table.attributes.len() {
        if same(table.attributes[index].logical_name, logical_name) {
            return &table.attributes[index];
        }
        index += 1;
    }
    if is_broken(table) {
        return &NO_COLUMN;
    }
    panic!("{}", problem)
}

/// The column of a table with errors.
const NO_COLUMN: AttributeMetadata = AttributeMetadata::new("", AttributeType::Virtual);

/// Returns whether the derive has reported errors of the table. References to such a table are not checked.
pub(crate) const fn is_broken(table: &EntityMetadata) -> bool {
    table.logical_name.is_empty()
}

/// Fails to compile, with this text, if a fact about a column does not hold.
#[doc(hidden)]
#[track_caller]
pub const fn expect_column(table: &EntityMetadata, holds: bool, problem: &'static str) {
    if !holds && !is_broken(table) {
        panic!("{}", problem)
    }
}

/// Returns whether the column that a projection names as the primary id is that of the table.
#[doc(hidden)]
pub const fn is_primary_id(table: &EntityMetadata, logical_name: &str) -> bool {
    same(table.primary_id_attribute, logical_name)
}

/// Returns whether the type of a projection's field can hold references to all targets of the column.
#[doc(hidden)]
pub const fn reads_targets(
    field: &[TargetTable],
    open: bool,
    table: &EntityMetadata,
    column: &AttributeMetadata,
) -> bool {
    if field.is_empty() {
        // The type refers to no records; `is_kind` checks whether it fits.
        true
    } else if column.attribute_type.is_lookup() {
        same_targets(field, open, column.attribute_type.targets())
    } else if same(column.logical_name, table.primary_id_attribute) {
        same(field[0].logical_name, table.logical_name)
    } else {
        true
    }
}

/// Returns whether the column has the kind that the projection declares.
#[doc(hidden)]
pub const fn is_kind(column: &AttributeMetadata, name: &str) -> bool {
    same(column.attribute_type.name(), name)
}
