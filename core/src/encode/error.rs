//! Why something has no form in a request.

use core::fmt;

/// A value that has no form in the body or the URL of a request.
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

    /// Logical name of the table.
    pub fn table(&self) -> &'static str {
        self.table
    }

    /// Logical name of the column.
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
