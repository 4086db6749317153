//! Assertions about projections: that the table has the columns they name, of the kinds they say.

use super::lookup::same_targets;
use crate::metadata::{AttributeMetadata, AttributeType, EntityMetadata, TargetTable, same};

/// The column with this logical name, for projections; `problem` is what the compiler says if there is none.
#[doc(hidden)]
#[track_caller]
pub const fn column_of(
    table: &'static EntityMetadata,
    logical_name: &str,
    problem: &'static str,
) -> &'static AttributeMetadata {
    let mut place = 0;
    while place < table.attributes.len() {
        if same(table.attributes[place].logical_name, logical_name) {
            return &table.attributes[place];
        }
        place += 1;
    }
    if is_broken(table) {
        return &NO_COLUMN;
    }
    panic!("{}", problem)
}

/// Stands for the columns of a table that could not be understood.
const NO_COLUMN: AttributeMetadata = AttributeMetadata::new("", AttributeType::Virtual);

/// Has the derive said already what is wrong with the table? Then nothing is said against what refers to it.
pub(crate) const fn is_broken(table: &EntityMetadata) -> bool {
    table.logical_name.is_empty()
}

/// Fails to compile, with this message, where a fact about a column does not hold.
#[doc(hidden)]
#[track_caller]
pub const fn expect_column(table: &EntityMetadata, holds: bool, problem: &'static str) {
    if !holds && !is_broken(table) {
        panic!("{}", problem)
    }
}

/// Is this column, which a projection names again as the primary id, that of the table?
#[doc(hidden)]
pub const fn is_primary_id(table: &EntityMetadata, logical_name: &str) -> bool {
    same(table.primary_id_attribute, logical_name)
}

/// Can the type of a projection's field stand for the records that the column stands for?
#[doc(hidden)]
pub const fn reads_targets(
    field: &[TargetTable],
    open: bool,
    table: &EntityMetadata,
    column: &AttributeMetadata,
) -> bool {
    if field.is_empty() {
        // No type for records at all: whether it fits is a question of kinds.
        true
    } else if column.attribute_type.is_lookup() {
        same_targets(field, open, column.attribute_type.targets())
    } else if same(column.logical_name, table.primary_id_attribute) {
        same(field[0].logical_name, table.logical_name)
    } else {
        true
    }
}

/// Is the column of the kind that a projection says?
#[doc(hidden)]
pub const fn is_kind(column: &AttributeMetadata, name: &str) -> bool {
    same(column.attribute_type.name(), name)
}
