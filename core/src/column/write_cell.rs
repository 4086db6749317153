//! How a field becomes a cell of a response: the reverse of reading one.

use std::borrow::Cow;

use super::{Value, WriteValue, Written};
use crate::reference::{Lookup, LookupTarget};

/// The value of one column in a response, and its annotations.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenCell<'a> {
    pub(crate) value: Value<'a>,
    /// `OData.Community.Display.V1.FormattedValue`
    pub(crate) display: Option<&'a str>,
    /// `Microsoft.Dynamics.CRM.lookuplogicalname`
    pub(crate) table: Option<&'a str>,
}

impl<'a> WrittenCell<'a> {
    /// `null`, for a field without a column.
    pub const NULL: Self = Self::of(Value::Null);

    const fn of(value: Value<'a>) -> Self {
        Self { value, display: None, table: None }
    }
}

/// A type of a field that can be written into a cell of a response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a Dataverse column",
    label = "not the type of a column",
    note = "the documentation of `DataverseEntity` lists the types that each kind of column takes"
)]
pub trait WriteCell {
    /// Returns the cell from which the field would be read.
    #[doc(hidden)]
    fn cell(&self) -> WrittenCell<'_>;
}

#[diagnostic::do_not_recommend]
impl<V: WriteValue> WriteCell for V {
    fn cell(&self) -> WrittenCell<'_> {
        match self.written() {
            Written::Value(value) => WrittenCell::of(value),
            Written::Reference(_) | Written::Parties(_) => WrittenCell::NULL,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget> WriteCell for Lookup<T> {
    fn cell(&self) -> WrittenCell<'_> {
        WrittenCell {
            value: Value::Guid(super::Guid::new(self.uuid())),
            display: self.name(),
            table: self.table(),
        }
    }
}

#[diagnostic::do_not_recommend]
impl WriteCell for Cow<'_, str> {
    fn cell(&self) -> WrittenCell<'_> {
        WrittenCell::of(Value::Text(Cow::Borrowed(self)))
    }
}

#[diagnostic::do_not_recommend]
impl<V: WriteCell> WriteCell for Option<V> {
    fn cell(&self) -> WrittenCell<'_> {
        match self {
            Some(value) => value.cell(),
            None => WrittenCell::NULL,
        }
    }
}
