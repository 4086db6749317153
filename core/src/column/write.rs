//! How values are written into creates and updates.

use uuid::Uuid;

use super::Value;
use crate::draft::Party;
use crate::reference::BoundRecord;

/// A type of a table's column: it can be read, and turned into what a draft writes.
pub trait ColumnValue: Sized + 'static {
    /// What a create or update holds for the column.
    type Write: WriteValue + 'static;

    /// Returns what a draft writes for this value.
    fn to_write(&self) -> Self::Write;

    /// Returns whether the value means null, as an empty set does.
    fn is_nothing(&self) -> bool {
        false
    }

    /// Returns whether writing the other value would leave the column unchanged.
    fn same(&self, other: &Self) -> bool;

    /// Returns the integer of a choice.
    fn integer(&self) -> Option<i32> {
        None
    }

    /// Returns the GUID of an id.
    fn guid(&self) -> Option<Uuid> {
        None
    }
}

/// A value that a create or update can hold.
pub trait WriteValue: Clone {
    /// Returns how the value is written.
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
    /// Members of the collection of an activity's parties.
    Parties(&'a [Party]),
}

/// Implements [`ColumnValue`] for types that are written as they are.
#[doc(hidden)]
#[macro_export]
macro_rules! __written_as_itself {
    ($($type:ty),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl $crate::__private::ColumnValue for $type {
            type Write = Self;

            fn to_write(&self) -> Self {
                $crate::__private::Clone::clone(self)
            }

            fn same(&self, other: &Self) -> bool {
                self == other
            }
        }
    )+};
}
