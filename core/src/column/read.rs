//! From the types of values to the types of fields that are read: a value, or an `Option` of one.
//!
//! All of this is compiled anew for each type of a user's crate. `?` and the methods of `Option` and `Result` are functions
//! of their own for each type, so what is generic here and beside here is written with `match`.

use crate::metadata::TargetTable;

use super::{Cell, ReadValue, SharedStrings, ValueError};

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

    /// Has there to be a value?
    #[doc(hidden)]
    const IS_REQUIRED: bool;

    /// What the field holds before it is read.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Reads the field, which is blank.
    ///
    /// # Errors
    ///
    /// Says what was expected and what was found.
    #[doc(hidden)]
    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError>;
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for V {
    const KINDS: super::KindSet = V::KINDS;
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
    const KINDS: super::KindSet = V::KINDS;
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
