//! From the types of values to the types of fields: a value, or an `Option` of one.

use crate::metadata::TargetTable;

use super::{Cell, ColumnValue, ReadValue, SharedStrings, ValueError};

/// A field of a table: a value that is always there, or an `Option` of one.
pub(crate) trait Field {
    /// The value.
    type Value: ColumnValue;

    /// The value, if there is one.
    fn value(&self) -> Option<&Self::Value>;
}

impl<V: ColumnValue> Field for V {
    type Value = V;

    fn value(&self) -> Option<&V> {
        Some(self)
    }
}

impl<V: ColumnValue> Field for Option<V> {
    type Value = V;

    fn value(&self) -> Option<&V> {
        self.as_ref()
    }
}

/// A field that can be read from a column. `null` and a missing member are the same: `None` for an `Option`, an error
/// for a value that has to be there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a Dataverse column",
    label = "not the type of a column",
    note = "the annotation reference lists the types that each kind of column takes"
)]
pub trait ReadColumn<'de>: Sized {
    /// The kinds of column that the type can hold.
    #[doc(hidden)]
    const KINDS: super::KindSet;

    /// The tables whose records the type stands for, if it stands for records.
    #[doc(hidden)]
    const TARGETS: &'static [TargetTable];

    /// Has the type a place for records of other tables?
    #[doc(hidden)]
    const OPEN: bool;

    /// Reads the column.
    ///
    /// # Errors
    ///
    /// Says what was expected and what was found.
    #[doc(hidden)]
    fn read_column(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError>;
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for V {
    const KINDS: super::KindSet = V::KINDS;
    const TARGETS: &'static [TargetTable] = V::TARGETS;
    const OPEN: bool = V::OPEN;

    fn read_column(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        if cell.is_null() { V::absent().ok_or_else(ValueError::missing) } else { V::read(cell, strings) }
    }
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for Option<V> {
    const KINDS: super::KindSet = V::KINDS;
    const TARGETS: &'static [TargetTable] = V::TARGETS;
    const OPEN: bool = V::OPEN;

    fn read_column(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        if cell.is_null() { Ok(None) } else { V::read(cell, strings).map(Some) }
    }
}
