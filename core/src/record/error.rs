//! Why a response could not be read.

use core::fmt;

use crate::column::ValueError;
use crate::metadata::EntityMetadata;

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
    /// Navigation properties, from the record inwards.
    path: Vec<String>,
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
            inner: Box::new(Inner {
                table: table.logical_name,
                column,
                path: Vec::new(),
                row: None,
                record_id: None,
                reason,
            }),
        }
    }

    /// Says in which row and record the error was met.
    pub(crate) fn at(mut self, row: Option<usize>, record_id: Option<&str>) -> Self {
        self.inner.row = row;
        self.inner.record_id = record_id.map(str::to_owned);
        self
    }

    /// Says in which expanded record the error was met.
    pub(crate) fn within(mut self, navigation: &str, place: Option<usize>) -> Self {
        let step = place.map_or_else(|| navigation.to_owned(), |place| format!("{navigation}[{place}]"));
        self.inner.path.insert(0, step);
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

    /// Where in the record the error is, if it is in an expanded one: the navigation properties from the outside in,
    /// with the place in a collection, such as `["parentcustomerid_account", "contacts[2]"]`.
    pub fn path(&self) -> &[String] {
        &self.inner.path
    }

    /// The place of the row in its page, from 0.
    pub fn row(&self) -> Option<usize> {
        self.inner.row
    }

    /// The primary id of the record, as the response had it; of the outermost one, if the error is in an expanded one.
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
        let path = (!inner.path.is_empty()).then(|| format!("in {}", inner.path.join(".")));
        let row = inner.row.map(|row| format!("row {row}"));
        let record = inner.record_id.as_ref().map(|id| format!("record {id}"));
        let places: Vec<String> = [path, row, record].into_iter().flatten().collect();
        if places.is_empty() { Ok(()) } else { write!(f, " ({})", places.join(", ")) }
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
