//! The errors of the emulator itself.

use core::fmt;
use std::io;
use std::path::PathBuf;

use crate::schema::DefinitionError;

/// The error of building a service, of copying its data, or of adding people and roles. The text names the file, table or record.
#[derive(Debug)]
pub struct EmulatorError(EmulatorErrorKind);

#[derive(Debug)]
enum EmulatorErrorKind {
    Definition(DefinitionError),
    Database { file: Option<PathBuf>, error: rusqlite::Error },
    Folder(io::Error),
    Seed(String),
}

impl EmulatorError {
    pub(super) fn database(error: rusqlite::Error) -> Self {
        Self(EmulatorErrorKind::Database { file: None, error })
    }

    /// The error of the database in this file.
    pub(super) fn database_in(file: Option<PathBuf>, error: rusqlite::Error) -> Self {
        Self(EmulatorErrorKind::Database { file, error })
    }

    pub(super) fn folder(error: io::Error) -> Self {
        Self(EmulatorErrorKind::Folder(error))
    }

    pub(super) fn seed(problem: String) -> Self {
        Self(EmulatorErrorKind::Seed(problem))
    }
}

impl fmt::Display for EmulatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            EmulatorErrorKind::Definition(error) => write!(f, "the tables are not well defined: {error}"),
            EmulatorErrorKind::Database { file: Some(file), error } => {
                write!(f, "the database {} cannot be used: {error}", file.display())
            }
            EmulatorErrorKind::Database { file: None, error } => {
                write!(f, "the database cannot be used: {error}")
            }
            EmulatorErrorKind::Folder(error) => write!(f, "no temporary folder can be made: {error}"),
            EmulatorErrorKind::Seed(problem) => write!(f, "the first records cannot be made: {problem}"),
        }
    }
}

impl core::error::Error for EmulatorError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0 {
            EmulatorErrorKind::Definition(error) => Some(error),
            EmulatorErrorKind::Database { error, .. } => Some(error),
            EmulatorErrorKind::Folder(error) => Some(error),
            EmulatorErrorKind::Seed(_) => None,
        }
    }
}

impl From<DefinitionError> for EmulatorError {
    fn from(error: DefinitionError) -> Self {
        Self(EmulatorErrorKind::Definition(error))
    }
}
