//! Commands that fail, and their exit codes.

use std::fmt::Display;

/// A command that failed, with its exit code.
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) problem: String,
}

/// Wrong usage or settings.
pub(super) const USAGE: u8 = 2;
/// The org is not reachable, or refuses.
pub(super) const ORG: u8 = 3;

impl Failure {
    pub(super) fn new(code: u8, problem: impl Display) -> Self {
        Self { code, problem: problem.to_string() }
    }

    /// An error with its sources, each once.
    pub(super) fn of(code: u8, error: &dyn std::error::Error) -> Self {
        let mut problem = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            problem.push_str(&format!(": {error}"));
            source = error.source();
        }
        Self { code, problem }
    }
}
