//! The error of a response that could not be read.

use core::fmt;
use std::borrow::Cow;

use crate::column::ValueError;
use crate::encode::excerpt;
use crate::metadata::EntityMetadata;

/// Maximum length of a problem, in characters. A problem quotes the server, which may send any length.
const MAX_PROBLEM: usize = 2_000;

/// Maximum length of a record's id, in characters. A GUID has 36.
const MAX_ID: usize = 80;

/// The error of a response that could not be read. It names the table and, if known, the column, the value,
/// the row of the page and the record.
///
/// ```
/// use dataverse_entity::{Page, tables::SystemUser};
///
/// let json = r#"{"value":[{"systemuserid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","isdisabled":"no"}]}"#;
/// let error = Page::<SystemUser>::from_json(json).unwrap_err();
/// assert_eq!((error.table(), error.column(), error.row()), ("systemuser", Some("isdisabled"), Some(0)));
/// assert_eq!(error.value_found(), Some("\"no\""));
/// ```
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
    /// The text is not JSON, or does not have the shape of a response.
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

    /// Returns the error of a row whose columns no table declares.
    pub(crate) fn of_row(column: Option<&str>, problem: impl Into<String>) -> Self {
        Self::new("", column.map(|column| Cow::Owned(column.to_owned())), Reason::malformed(&problem.into()))
    }

    /// Returns the error of a value in a row whose columns no table declares.
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

    /// Returns the logical name of the table; empty for a [`Row`](crate::Row), which may have columns of many
    /// tables.
    pub fn table(&self) -> &'static str {
        self.details.table
    }

    /// Returns the name that the error is about, if there is one: the logical name of a column, the name of a
    /// navigation property, or the name of a column in a [`Row`](crate::Row).
    pub fn column(&self) -> Option<&str> {
        self.details.column.as_deref()
    }

    /// Returns the value that the field cannot hold, in JSON, cut after 80 characters.
    pub fn value_found(&self) -> Option<&str> {
        match &self.details.reason {
            Reason::Value(error) => error.found(),
            Reason::Malformed(_) => None,
        }
    }

    /// Returns the path to the expanded record with the error: the navigation properties from the outside in,
    /// with the index in a collection, such as `["parentcustomerid_account", "contacts[2]"]`.
    pub fn path(&self) -> &[String] {
        &self.details.path
    }

    /// Returns the index of the row in its page.
    pub fn row(&self) -> Option<usize> {
        self.details.row
    }

    /// Returns the primary id of the record in the response, cut after 80 characters. If the error is in an
    /// expanded record, it is the id of the outermost record.
    pub fn record_id(&self) -> Option<&str> {
        self.details.record_id.as_deref()
    }

    /// Returns whether the response was not JSON, or did not have the shape of a record or a page.
    ///
    /// ```
    /// use dataverse_entity::{Record, tables::Team};
    ///
    /// assert!(Record::<Team>::from_json("<html>").unwrap_err().is_malformed());
    /// ```
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

/// It has no source, because its text quotes the cause.
impl core::error::Error for DecodeError {}
