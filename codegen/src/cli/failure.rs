//! Commands that fail, and their exit codes.

use std::fmt::Display;

use crate::pull::PullError;

/// A command that failed, with its exit code and what to do.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) problem: String,
    pub(super) advice: Option<String>,
}

/// Wrong usage or settings, or a file that cannot be read or written.
pub(super) const USAGE: u8 = 2;
/// The org is not reachable, or refuses.
pub(super) const ORG: u8 = 3;

impl Failure {
    pub(super) fn new(code: u8, problem: impl Display) -> Self {
        Self { code, problem: problem.to_string(), advice: None }
    }

    /// An error with its sources, each once.
    pub(super) fn of(code: u8, error: &dyn std::error::Error) -> Self {
        let mut problem = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            problem.push_str(&format!(": {error}"));
            source = error.source();
        }
        Self { code, problem, advice: None }
    }

    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl From<PullError> for Failure {
    fn from(error: PullError) -> Self {
        let code = if matches!(error, PullError::NotFound { .. }) { USAGE } else { ORG };
        Self::of(code, &error).advice(error.advice())
    }
}
