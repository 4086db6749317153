//! How types are read: values ([`ReadValue`]), and fields that hold a value or an `Option` of one
//! ([`ReadColumn`]).
//!
//! The compiler repeats this code for each type of a user's crate. `?` and the methods of `Option` and
//! `Result` add functions for each type, so generic code here and in [`field`](super::field) uses `match`.

use super::{Cell, KindSet, SharedStrings, ValueError, WriteCell, WrittenCell};
use crate::metadata::TargetTable;

/// A type that can be read from a column that holds a value.
pub trait ReadValue<'de>: WriteCell + Sized {
    /// The kinds of column that the type can hold.
    const KINDS: KindSet;

    /// The tables whose records the type refers to, if it is a reference.
    #[doc(hidden)]
    const TARGETS: &'static [TargetTable] = &[];

    /// Whether the type also holds references to records of other tables.
    #[doc(hidden)]
    const OPEN: bool = false;

    /// Reads the value, which is present and not `null`.
    ///
    /// # Errors
    ///
    /// Returns an error that says what was expected and what was found.
    fn read(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError>;

    /// Whether the type represents an absent value itself, as `NoProperty` does; `blank()` then returns that
    /// representation.
    const HAS_ABSENT: bool = false;

    /// Returns what a field holds before it is read.
    fn blank() -> Self;
}

/// A type of a field that can be read from a column.
///
/// `null` and a missing member mean the same: `None` for an `Option`, and an error for a value that is
/// required.
///
/// Only the library implements this trait. For your own date types,
/// [`datetime_column!`](crate::datetime_column) does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a Dataverse column",
    label = "the documentation of `DataverseEntity` lists the types that each kind of column takes"
)]
pub trait ReadColumn<'de>: WriteCell + Sized {
    /// The kinds of column that the type can hold.
    #[doc(hidden)]
    const KINDS: KindSet;

    /// The tables whose records the type refers to, if it is a reference.
    #[doc(hidden)]
    const TARGETS: &'static [TargetTable];

    /// Whether the type also holds references to records of other tables.
    #[doc(hidden)]
    const OPEN: bool;

    /// Whether the column must have a value.
    #[doc(hidden)]
    const IS_REQUIRED: bool;

    /// Returns what the field holds before it is read.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Reads the field, which is blank.
    ///
    /// # Errors
    ///
    /// Returns an error that says what was expected and what was found.
    #[doc(hidden)]
    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError>;

    /// Returns the cell from which the field would be read. Generated code calls it here and not on
    /// [`WriteCell`], so that a type that no column can be read into is one error, not two.
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
