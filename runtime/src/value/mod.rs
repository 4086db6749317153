//! What a column can hold: the types a field may have, and how each stands on the wire.
//!
//! One file a family of types. Each type says how it is read from a [`Value`] ([`ReadValue`]) and, where a column of
//! its kind can be written, how it is written ([`ColumnValue`], [`WriteValue`]).

mod boolean;
mod choice;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
mod datetime;
#[cfg(feature = "rust_decimal")]
mod decimal;
mod error;
mod field;
mod guid;
mod image;
mod kinds;
mod literal;
mod managed_property;
mod multi_select;
mod no_property;
mod number;
mod reference;
mod text;

use std::borrow::Cow;

pub use error::ValueError;
pub(crate) use field::Field;
pub use field::ReadColumn;
pub(crate) use kinds::KindSet;
pub use managed_property::ManagedProperty;
pub(crate) use multi_select::MOST_CHOSEN;
pub use multi_select::MultiSelect;
pub use no_property::NoProperty;
pub(crate) use text::SharedStrings;

use crate::lookup::BoundRecord;
use crate::metadata::TargetTable;

/// The value of a column as it stands on the wire.
///
/// A number that was read is the number's own text, so that nothing passes through a float on its way to a field.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number that is written.
    Integer(i64),
    /// A floating-point number that is written.
    Double(f64),
    /// A number by its text.
    Number(Cow<'a, str>),
    /// A string, unescaped.
    Text(Cow<'a, str>),
    /// An array or an object, by its text.
    Json(Cow<'a, str>),
}

/// What a response says of one column: the value and the annotations that belong to it. Each can be missing.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'c, 'de> {
    value: &'c Value<'de>,
    display: Option<&'c Cow<'de, str>>,
    table: Option<&'c Cow<'de, str>>,
}

impl<'c, 'de> Cell<'c, 'de> {
    /// A missing value is the same as `null`.
    pub(crate) fn new(
        value: Option<&'c Value<'de>>,
        display: Option<&'c Cow<'de, str>>,
        table: Option<&'c Cow<'de, str>>,
    ) -> Self {
        Self { value: value.unwrap_or(const { &Value::Null }), display, table }
    }

    /// The value.
    pub(crate) fn value(self) -> &'c Value<'de> {
        self.value
    }

    /// `OData.Community.Display.V1.FormattedValue`
    pub(crate) fn display(self) -> Option<&'c Cow<'de, str>> {
        self.display
    }

    /// `Microsoft.Dynamics.CRM.lookuplogicalname`
    pub(crate) fn table(self) -> Option<&'c str> {
        self.table.map(|table| &**table)
    }

    pub(crate) fn is_null(self) -> bool {
        matches!(self.value, Value::Null)
    }
}

/// A type that can be read from a column that holds a value.
pub trait ReadValue<'de>: Sized {
    /// The kinds of column that the type can hold.
    const KINDS: KindSet;

    /// The tables whose records the type stands for, if it stands for records.
    #[doc(hidden)]
    const TARGETS: &'static [TargetTable] = &[];

    /// Has the type a place for records of other tables?
    #[doc(hidden)]
    const OPEN: bool = false;

    /// Reads the value, which is there and is not `null`.
    ///
    /// # Errors
    ///
    /// Says what was expected and what was found.
    fn read(cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<Self, ValueError>;

    /// What stands for a missing value, for the types that have such a thing in themselves.
    fn absent() -> Option<Self> {
        None
    }
}

/// A type that a column of a table can be declared with: it can be read, and turned into what is written.
pub(crate) trait ColumnValue: Sized {
    /// What a create or update holds for the column.
    type Write: WriteValue;

    /// What would be written to keep this value.
    fn to_write(&self) -> Self::Write;

    /// Is the value the same as none?
    fn is_nothing(&self) -> bool {
        false
    }

    /// Would a write leave the column as it is?
    fn same(&self, other: &Self) -> bool;
}

/// A value that a create or update can hold.
pub(crate) trait WriteValue: Clone {
    /// How it is written.
    fn written(&self) -> Written<'_>;
}

/// How a value is written: as the column's own property, or as a reference through a navigation property.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Written<'a> {
    /// `"name": value`
    Value(Value<'a>),
    /// `"navigation@odata.bind": "/set(guid)"`
    Reference(BoundRecord<'a>),
}

/// Implements [`ColumnValue`] for types that are written as they are.
macro_rules! written_as_itself {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::value::ColumnValue for $type {
            type Write = Self;

            fn to_write(&self) -> Self {
                self.clone()
            }

            fn same(&self, other: &Self) -> bool {
                self == other
            }
        }
    )+};
}
use written_as_itself;
