//! The error of a response that could not be read.

use core::fmt;
use std::borrow::Cow;

use crate::column::ValueError;
use crate::encode::excerpt;
use crate::metadata::EntityMetadata;

/// Maximum length of a problem, in characters: what it quotes is the server's.
const MAX_PROBLEM: usize = 2_000;

/// Maximum length of a record's id, in characters. A GUID has 36.
const MAX_ID: usize = 80;

/// Why a response could not be read: names the table and, as far as they are known, the column, the value, the row of the
/// page and the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    details: Box<Details>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    table: &'static str,
    column: Option<Cow<'static, str>>,
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

impl Reason {
    fn malformed(problem: &str) -> Self {
        Self::Malformed(excerpt::line(problem, MAX_PROBLEM))
    }
}

impl DecodeError {
    pub(crate) fn malformed(table: &'static EntityMetadata, problem: impl Into<String>) -> Self {
        Self::new(table.logical_name, None, Reason::malformed(&problem.into()))
    }

    pub(crate) fn value(table: &'static EntityMetadata, column: &'static str, error: ValueError) -> Self {
        Self::new(table.logical_name, Some(Cow::Borrowed(column)), Reason::Value(error))
    }

    /// Creates the error of a row whose columns no table declares.
    pub(crate) fn of_row(column: Option<&str>, problem: impl Into<String>) -> Self {
        Self::new("", column.map(|column| Cow::Owned(column.to_owned())), Reason::malformed(&problem.into()))
    }

    /// Creates the error of a value of such a row.
    pub(crate) fn of_row_value(column: &str, error: ValueError) -> Self {
        Self::new("", Some(Cow::Owned(column.to_owned())), Reason::Value(error))
    }

    fn new(table: &'static str, column: Option<Cow<'static, str>>, reason: Reason) -> Self {
        Self {
            details: Box::new(Details {
                table,
                column,
                path: Vec::new(),
                row: None,
                record_id: None,
                reason,
            }),
        }
    }

    /// Adds the row and the record of the error.
    pub(crate) fn at(mut self, row: Option<usize>, record_id: Option<&str>) -> Self {
        self.details.row = row;
        self.details.record_id = record_id.map(|id| excerpt::line(id, MAX_ID));
        self
    }

    /// Adds the expanded record of the error.
    pub(crate) fn within(mut self, navigation: &str, index: Option<usize>) -> Self {
        let step = index.map_or_else(|| navigation.to_owned(), |index| format!("{navigation}[{index}]"));
        self.details.path.insert(0, step);
        self
    }

    /// Logical name of the table; empty for a [`Row`](crate::Row), which may have columns of many tables.
    pub fn table(&self) -> &'static str {
        self.details.table
    }

    /// Logical name of the column, name of the navigation property, or name in a row, if the error belongs to one.
    pub fn column(&self) -> Option<&str> {
        self.details.column.as_deref()
    }

    /// The value that the field cannot hold, in JSON, cut after 80 characters.
    pub fn value_found(&self) -> Option<&str> {
        match &self.details.reason {
            Reason::Value(error) => error.found(),
            Reason::Malformed(_) => None,
        }
    }

    /// The path to the expanded record that has the error: the navigation properties from the outside in,
    /// with the index in a collection, such as `["parentcustomerid_account", "contacts[2]"]`.
    pub fn path(&self) -> &[String] {
        &self.details.path
    }

    /// The index of the row in its page.
    pub fn row(&self) -> Option<usize> {
        self.details.row
    }

    /// The primary id of the record in the response, cut after 80 characters; of the outermost one, if the error is in an
    /// expanded one.
    pub fn record_id(&self) -> Option<&str> {
        self.details.record_id.as_deref()
    }

    /// Whether the response was not JSON, or had not the shape of a record or a page.
    pub fn is_malformed(&self) -> bool {
        matches!(self.details.reason, Reason::Malformed(_))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.details;
        f.write_str(details.table)?;
        let is_named = !details.table.is_empty() || details.column.is_some();
        if let Some(column) = &details.column {
            write!(f, "{}{column}", if details.table.is_empty() { "" } else { "." })?;
        }
        if is_named {
            f.write_str(": ")?;
        }
        match &details.reason {
            Reason::Malformed(problem) => f.write_str(problem)?,
            Reason::Value(error) => write!(f, "{error}")?,
        }
        let path = (!details.path.is_empty()).then(|| format!("in {}", details.path.join(".")));
        let row = details.row.map(|row| format!("row {row}"));
        let record = details.record_id.as_ref().map(|id| format!("record {id}"));
        let parts: Vec<String> = [path, row, record].into_iter().flatten().collect();
        if parts.is_empty() { Ok(()) } else { write!(f, " ({})", parts.join(", ")) }
    }
}

/// It has no source: its text says all.
impl core::error::Error for DecodeError {}
