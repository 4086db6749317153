//! Structs that cannot be read.

use std::fmt;
use std::path::Path;

/// Structs that cannot be read. The error names the crate or the struct, and says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructsError(String);

impl StructsError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }

    pub(super) fn at(path: &Path, problem: impl fmt::Display) -> Self {
        Self(format!("{}: {problem}", path.display()))
    }
}

impl fmt::Display for StructsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StructsError {}
