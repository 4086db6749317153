//! Which columns messages write.
//!
//! `EntityDefinitions` says it of each column. `$metadata` does not, and a program that sends a column that Dataverse takes in no
//! message loses its value without an error. Such a column is therefore read-only until the settings say otherwise.

use dataverse_definitions::{Column, Fact, Table};

use super::Context;

/// Which messages take a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) create: bool,
    pub(super) update: bool,
}

impl Validity {
    pub(super) const READ_ONLY: Self = Self { create: false, update: false };
}

/// Returns which messages take a column, as far as the definition or the settings know.
pub(super) fn of_column(context: &Context<'_>, table: &Table, column: &Column) -> Validity {
    let (table_name, column_name) = (&table.logical_name, &column.logical_name);
    let of_table = || context.settings.tables.get(table_name).and_then(|chosen| chosen.assume_writable);
    let of_column =
        context.column_settings(table_name, column_name).and_then(|chosen| chosen.assume_writable);
    let assumed = of_column.or_else(of_table).unwrap_or(context.settings.assume_writable);
    let is_primary_id = table.primary_id_attribute.text() == Some(column_name);
    let assumed = assumed || !is_open(column);
    let valid = |fact: &Fact<bool>, assumed: bool| fact.known().copied().unwrap_or(assumed);
    Validity {
        create: valid(&column.is_valid_for_create, assumed),
        update: valid(&column.is_valid_for_update, assumed && !is_primary_id),
    }
}

/// Returns whether the column is known from `$metadata` only, which leaves open which messages take it.
pub(super) fn is_open(column: &Column) -> bool {
    let validity = [&column.is_valid_for_create, &column.is_valid_for_update];
    column.edm_type.text().is_some() && validity.iter().all(|fact| fact.known().is_none())
}
