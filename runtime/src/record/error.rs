//! Why a response could not be read.

use core::fmt;

use crate::metadata::EntityMetadata;
use crate::value::ValueError;

/// A response that could not be read: of which table, and as far as they are known the column, the value, the row of
/// the page and the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    inner: Box<Inner>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    table: &'static str,
    column: Option<&'static str>,
    row: Option<usize>,
    record_id: Option<String>,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    /// Not JSON, or not JSON of the shape a response has.
    Malformed(String),
    /// A value that the field's type cannot hold.
    Value(ValueError),
}

impl DecodeError {
    pub(crate) fn malformed(table: &'static EntityMetadata, problem: impl Into<String>) -> Self {
        Self::new(table, None, Reason::Malformed(problem.into()))
    }

    pub(crate) fn value(table: &'static EntityMetadata, column: &'static str, error: ValueError) -> Self {
        Self::new(table, Some(column), Reason::Value(error))
    }

    fn new(table: &'static EntityMetadata, column: Option<&'static str>, reason: Reason) -> Self {
        Self {
            inner: Box::new(Inner { table: table.logical_name, column, row: None, record_id: None, reason }),
        }
    }

    /// Says where the error was met, as far as a place further inside has not said it yet.
    pub(crate) fn at(mut self, row: Option<usize>, record_id: Option<&str>) -> Self {
        self.inner.row = self.inner.row.or(row);
        if self.inner.record_id.is_none() {
            self.inner.record_id = record_id.map(str::to_owned);
        }
        self
    }

    /// Logical name of the table.
    pub fn table(&self) -> &'static str {
        self.inner.table
    }

    /// Logical name of the column, or name of the navigation property, where the error belongs to one.
    pub fn column(&self) -> Option<&'static str> {
        self.inner.column
    }

    /// The value that could not be taken, in JSON, cut after 80 characters.
    pub fn value_found(&self) -> Option<&str> {
        match &self.inner.reason {
            Reason::Value(error) => error.found(),
            Reason::Malformed(_) => None,
        }
    }

    /// The place of the row in its page, from 0.
    pub fn row(&self) -> Option<usize> {
        self.inner.row
    }

    /// The primary id of the record, as the response had it.
    pub fn record_id(&self) -> Option<&str> {
        self.inner.record_id.as_deref()
    }

    /// Was the response not JSON, or not of the shape of a record or a page?
    pub fn is_malformed(&self) -> bool {
        matches!(self.inner.reason, Reason::Malformed(_))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.inner;
        f.write_str(inner.table)?;
        if let Some(column) = inner.column {
            write!(f, ".{column}")?;
        }
        match &inner.reason {
            Reason::Malformed(problem) => write!(f, ": {problem}")?,
            Reason::Value(error) => write!(f, ": {error}")?,
        }
        match (inner.row, &inner.record_id) {
            (Some(row), Some(id)) => write!(f, " (row {row}, record {id})"),
            (Some(row), None) => write!(f, " (row {row})"),
            (None, Some(id)) => write!(f, " (record {id})"),
            (None, None) => Ok(()),
        }
    }
}

impl core::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.inner.reason {
            Reason::Value(error) => Some(error),
            Reason::Malformed(_) => None,
        }
    }
}
