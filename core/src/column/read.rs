//! How types are read: values ([`ReadValue`]), and fields that hold a value or an `Option` of one ([`ReadColumn`]).
//!
//! All of this is compiled anew for each type of a user's crate. `?` and the methods of `Option` and `Result` are functions
//! of their own for each type, so generic code here and in [`field`](super::field) is written with `match`.

use super::{Cell, KindSet, SharedStrings, ValueError, WriteCell, WrittenCell};
use crate::metadata::TargetTable;

/// A type that can be read from a column that holds a value.
pub trait ReadValue<'de>: WriteCell + Sized {
    /// The kinds of column that the type can hold.
    const KINDS: KindSet;

    /// The tables whose records the type stands for, if it stands for records.
    #[doc(hidden)]
    const TARGETS: &'static [TargetTable] = &[];

    /// Whether the type also holds records of other tables.
    #[doc(hidden)]
    const OPEN: bool = false;

    /// Reads the value, which is there and is not `null`.
    ///
    /// # Errors
    ///
    /// Returns an error that says what was expected and what was found.
    fn read(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError>;

    /// Whether the type represents an absent value itself, as `NoProperty` does; `blank()` then returns that
    /// representation.
    const HAS_ABSENT: bool = false;

    /// What a field holds before it is read.
    fn blank() -> Self;
}

/// A field that can be read from a column. `null` and a missing member are the same: `None` for an `Option`, an error
/// for a value that has to be there.
///
/// Only the library implements it, and [`datetime_column!`](crate::datetime_column) for date types of one's own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a Dataverse column",
    label = "the documentation of `DataverseEntity` lists the types that each kind of column takes"
)]
pub trait ReadColumn<'de>: WriteCell + Sized {
    /// The kinds of column that the type can hold.
    #[doc(hidden)]
    const KINDS: KindSet;

    /// The tables whose records the type stands for, if it stands for records.
    #[doc(hidden)]
    const TARGETS: &'static [TargetTable];

    /// Whether the type also holds records of other tables.
    #[doc(hidden)]
    const OPEN: bool;

    /// Whether the column must have a value.
    #[doc(hidden)]
    const IS_REQUIRED: bool;

    /// What the field holds before it is read.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Reads the field, which is blank.
    ///
    /// # Errors
    ///
    /// Returns an error that says what was expected and what was found.
    #[doc(hidden)]
    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError>;

    /// Returns the cell from which the field would be read. It is asked for here, so that a type that is read from no
    /// column is one error.
    #[doc(hidden)]
    fn cell(&self) -> WrittenCell<'_> {
        WriteCell::cell(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for V {
    const KINDS: KindSet = V::KINDS;
    const TARGETS: &'static [TargetTable] = V::TARGETS;
    const OPEN: bool = V::OPEN;
    const IS_REQUIRED: bool = !V::HAS_ABSENT;

    fn blank() -> Self {
        V::blank()
    }

    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError> {
        if cell.is_null() {
            return if V::HAS_ABSENT { Ok(()) } else { Err(ValueError::missing()) };
        }
        match V::read(cell, strings) {
            Ok(value) => *self = value,
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for Option<V> {
    const KINDS: KindSet = V::KINDS;
    const TARGETS: &'static [TargetTable] = V::TARGETS;
    const OPEN: bool = V::OPEN;
    const IS_REQUIRED: bool = false;

    fn blank() -> Self {
        None
    }

    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError> {
        if !cell.is_null() {
            match V::read(cell, strings) {
                Ok(value) => *self = Some(value),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
