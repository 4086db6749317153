//! From the types of values to the types of fields that are read: a value, or an `Option` of one.

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

    /// Reads the column.
    ///
    /// # Errors
    ///
    /// Says what was expected and what was found.
    #[doc(hidden)]
    fn read_column(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError>;

    /// Has there to be a value?
    #[doc(hidden)]
    const IS_REQUIRED: bool;

    /// What the field holds before it is read.
    #[doc(hidden)]
    fn blank() -> Self;

    /// The field as what can be filled from a response.
    #[doc(hidden)]
    fn fill(&mut self) -> &mut dyn FillColumn<'de>;
}

/// A field that is filled from a response, whatever its type.
pub trait FillColumn<'de> {
    /// Reads the column into the field.
    ///
    /// # Errors
    ///
    /// Says what was expected and what was found.
    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError>;

    /// Has there to be a value?
    fn is_required(&self) -> bool;
}

impl<'de, F: ReadColumn<'de>> FillColumn<'de> for F {
    fn read(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError> {
        match F::read_column(cell, strings) {
            Ok(value) => {
                *self = value;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn is_required(&self) -> bool {
        F::IS_REQUIRED
    }
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for V {
    const IS_REQUIRED: bool = !V::HAS_ABSENT;
    const KINDS: super::KindSet = V::KINDS;
    const TARGETS: &'static [TargetTable] = V::TARGETS;
    const OPEN: bool = V::OPEN;

    fn read_column(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        if !cell.is_null() {
            V::read(cell, strings)
        } else if V::HAS_ABSENT {
            Ok(V::blank())
        } else {
            Err(ValueError::missing())
        }
    }

    fn blank() -> Self {
        V::blank()
    }

    fn fill(&mut self) -> &mut dyn FillColumn<'de> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<'de, V: ReadValue<'de>> ReadColumn<'de> for Option<V> {
    const IS_REQUIRED: bool = false;
    const KINDS: super::KindSet = V::KINDS;
    const TARGETS: &'static [TargetTable] = V::TARGETS;
    const OPEN: bool = V::OPEN;

    fn read_column(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        if cell.is_null() {
            return Ok(None);
        }
        match V::read(cell, strings) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error),
        }
    }

    fn blank() -> Self {
        None
    }

    fn fill(&mut self) -> &mut dyn FillColumn<'de> {
        self
    }
}
