//! Why no code can be generated.

use std::fmt;

/// A snapshot or settings that no code can be generated from. It names the table, and the column if there is one.
#[derive(Debug)]
pub struct GenerateError(String);

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GenerateError {}

impl GenerateError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }

    pub(super) fn of_table(table: &str, problem: impl fmt::Display) -> Self {
        Self(format!("table `{table}`: {problem}"))
    }

    pub(super) fn of_column(table: &str, column: &str, problem: impl fmt::Display) -> Self {
        Self(format!("table `{table}`, column `{column}`: {problem}"))
    }

    pub(super) fn of_option_set(name: &str, problem: impl fmt::Display) -> Self {
        Self(format!("global option set `{name}`: {problem}"))
    }
}
