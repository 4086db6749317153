//! What a column can hold: the types a field may have, and how each stands on the wire.
//!
//! One file a family of types. Each type says how it is read from a [`Value`] ([`ReadValue`]) and, where a column of
//! its kind can be written, how it is written ([`ColumnValue`], [`WriteValue`]).

mod change;
mod difference;
mod error;
mod read;
pub mod field;
mod kinds;
mod value;
pub(crate) mod option_set;
mod pending;
pub mod capabilities;
mod types;

use core::cell::OnceCell;
use std::borrow::Cow;
use std::sync::Arc;

pub use change::Change;
pub use difference::Difference;
pub(crate) use difference::{difference, guid, integer};
pub use error::ValueError;
pub use read::ReadColumn;
pub(crate) use kinds::KindSet;
pub use option_set::{OptionSet, StateSet, StatusSet, UnknownLabel, UnknownOption};
pub use pending::Pending;
pub(crate) use types::{Guid, MAX_SELECTED};
pub use types::{ManagedProperty, MultiSelect, NoProperty, SharedStrings};

use uuid::Uuid;

use crate::metadata::TargetTable;
use crate::reference::BoundRecord;

/// The value of a column as it stands on the wire.
///
/// A number that was read is a whole number or its own text, so that nothing passes through a float on its way to a field.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A floating-point number that is written.
    Double(f64),
    /// A number by its text.
    Number(Cow<'a, str>),
    /// A string, unescaped.
    Text(Cow<'a, str>),
    /// A string that is a GUID with hyphens.
    Guid(Guid),
    /// A string that is an instant, in seconds since 1970, of a year that has four digits.
    Instant(i64),
    /// An array or an object, by its text.
    Json(Cow<'a, str>),
}

/// What a response says in one place: a value, and its text as it is shared once a field wants it so.
#[derive(Debug)]
pub(crate) struct Held<'de> {
    pub(crate) value: Value<'de>,
    shared: OnceCell<Arc<str>>,
}

impl<'de> Held<'de> {
    pub(crate) const fn new(value: Value<'de>) -> Self {
        Self { value, shared: OnceCell::new() }
    }

    /// Holds another value from here on.
    #[inline]
    pub(crate) fn put(&mut self, value: Value<'de>) {
        self.value = value;
        self.shared = OnceCell::new();
    }

    /// The text; `None` for what is no string.
    #[inline]
    pub(crate) fn text(&self) -> Option<&Cow<'de, str>> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A shared copy of the text.
    pub(crate) fn share(&self, strings: &mut SharedStrings) -> Option<Arc<str>> {
        if let Some(shared) = self.shared.get() {
            return Some(Arc::clone(shared));
        }
        let shared = strings.share(self.text()?);
        Some(Arc::clone(self.shared.get_or_init(|| shared)))
    }
}

/// What a response says of one column: the value and the annotations that belong to it. Each can be missing.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'c, 'de> {
    held: &'c Held<'de>,
    display: Option<&'c Held<'de>>,
    table: Option<&'c Held<'de>>,
}

impl<'c, 'de> Cell<'c, 'de> {
    pub(crate) const fn new(
        held: &'c Held<'de>,
        display: Option<&'c Held<'de>>,
        table: Option<&'c Held<'de>>,
    ) -> Self {
        Self { held, display, table }
    }

    /// The value.
    #[inline]
    pub(crate) const fn value(self) -> &'c Value<'de> {
        &self.held.value
    }

    /// The value with its shared text.
    #[inline]
    pub(crate) const fn held(self) -> &'c Held<'de> {
        self.held
    }

    /// `OData.Community.Display.V1.FormattedValue`
    pub(crate) const fn display(self) -> Option<&'c Held<'de>> {
        self.display
    }

    /// `Microsoft.Dynamics.CRM.lookuplogicalname`
    pub(crate) fn table(self) -> Option<&'c str> {
        match self.table {
            Some(table) => table.text().map(|table| &**table),
            None => None,
        }
    }

    #[inline]
    pub(crate) const fn is_null(self) -> bool {
        matches!(self.held.value, Value::Null)
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

    /// Has the type something in itself that stands for a missing value? Then that is what it is blank.
    const HAS_ABSENT: bool = false;

    /// What a field holds before it is read.
    fn blank() -> Self;
}

/// A type that a column of a table can be declared with: it can be read, and turned into what is written.
pub(crate) trait ColumnValue: Sized + 'static {
    /// What a create or update holds for the column.
    type Write: WriteValue + 'static;

    /// What would be written to keep this value.
    fn to_write(&self) -> Self::Write;

    /// Is the value the same as none?
    fn is_nothing(&self) -> bool {
        false
    }

    /// Would a write leave the column as it is?
    fn same(&self, other: &Self) -> bool;

    /// The integer of a choice.
    fn integer(&self) -> Option<i32> {
        None
    }

    /// The GUID of an id.
    fn guid(&self) -> Option<Uuid> {
        None
    }
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
        impl $crate::column::ColumnValue for $type {
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
