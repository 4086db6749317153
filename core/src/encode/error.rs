//! The error of a request that cannot be written.

use core::fmt;

/// The error for a value that has no form in the body or the URL of a request.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::BusinessUnit;
///
/// let error = BusinessUnit::create().credit_limit(f64::INFINITY).to_json().unwrap_err();
/// assert_eq!((error.table(), error.column()), ("businessunit", Some("creditlimit")));
/// assert_eq!(error.to_string(), "businessunit.creditlimit: inf has no form in JSON");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    table: &'static str,
    column: Option<&'static str>,
    problem: String,
}

impl EncodeError {
    pub(crate) fn new(table: &'static str, column: Option<&'static str>, problem: impl Into<String>) -> Self {
        Self { table, column, problem: problem.into() }
    }

    /// Returns the logical name of the table.
    pub fn table(&self) -> &'static str {
        self.table
    }

    /// Returns the logical name of the column, if the error is about one.
    pub fn column(&self) -> Option<&'static str> {
        self.column
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.table)?;
        if let Some(column) = self.column {
            write!(f, ".{column}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl core::error::Error for EncodeError {}
