//! The errors of the emulator itself.

use core::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::schema::DefinitionError;

/// The error of building a service, of copying its data, or of adding people and roles. The text names the
/// file, table or record.
///
/// ```
/// use dataverse_emulator::{Depth, Emulator, Privilege, Role};
///
/// let role = Role::new("Agent").allow("accounts", Privilege::Read, Depth::User);
/// let error = Emulator::new().add_role(role).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the role `Agent`: unknown table `accounts`: that is the entity set of the table `account`",
/// );
/// ```
#[derive(Debug)]
pub struct EmulatorError(EmulatorErrorKind);

#[derive(Debug)]
enum EmulatorErrorKind {
    Definition { file: Option<PathBuf>, error: DefinitionError },
    File { file: PathBuf, error: io::Error },
    Database { file: Option<PathBuf>, error: rusqlite::Error },
    Folder(io::Error),
    Seed(String),
    Request(String),
}

impl EmulatorError {
    pub(super) fn database(error: rusqlite::Error) -> Self {
        Self(EmulatorErrorKind::Database { file: None, error })
    }

    /// Returns the error of the database in this file.
    pub(super) fn database_in(file: Option<PathBuf>, error: rusqlite::Error) -> Self {
        Self(EmulatorErrorKind::Database { file, error })
    }

    /// Returns the error of a file of definitions that cannot be read.
    pub(super) fn file(file: PathBuf, error: io::Error) -> Self {
        Self(EmulatorErrorKind::File { file, error })
    }

    /// Returns the error of the definitions in this file.
    pub(super) fn definitions_in(file: Option<PathBuf>, error: DefinitionError) -> Self {
        Self(EmulatorErrorKind::Definition { file, error })
    }

    /// Returns this error for a call on a running service: its text does not mention the seeded records.
    pub(super) fn of_request(self) -> Self {
        match self.0 {
            EmulatorErrorKind::Seed(problem) => Self(EmulatorErrorKind::Request(problem)),
            _ => self,
        }
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
            EmulatorErrorKind::Definition { file: Some(file), error } => {
                write!(f, "the definitions in {} cannot be used: {error}", file.display())
            }
            EmulatorErrorKind::Definition { file: None, error } => {
                write!(f, "the definitions of the tables are wrong: {error}")
            }
            EmulatorErrorKind::File { file, error } => {
                write!(f, "the definitions in {} cannot be read: {error}", file.display())
            }
            EmulatorErrorKind::Database { file: Some(file), error } => {
                write!(f, "the database {} cannot be used: {error}", file.display())?;
                f.write_str(advice(file))
            }
            EmulatorErrorKind::Database { file: None, error } => {
                write!(f, "the database cannot be used: {error}")
            }
            EmulatorErrorKind::Folder(error) => write!(f, "cannot create a temporary folder: {error}"),
            EmulatorErrorKind::Seed(problem) => write!(f, "cannot create the first records: {problem}"),
            EmulatorErrorKind::Request(problem) => f.write_str(problem),
        }
    }
}

impl core::error::Error for EmulatorError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0 {
            EmulatorErrorKind::Definition { error, .. } => Some(error),
            EmulatorErrorKind::File { error, .. } => Some(error),
            EmulatorErrorKind::Database { error, .. } => Some(error),
            EmulatorErrorKind::Folder(error) => Some(error),
            EmulatorErrorKind::Seed(_) | EmulatorErrorKind::Request(_) => None,
        }
    }
}

impl From<DefinitionError> for EmulatorError {
    fn from(error: DefinitionError) -> Self {
        Self::definitions_in(None, error)
    }
}

/// Returns the reason that SQLite leaves out when it cannot open a file.
fn advice(file: &Path) -> &'static str {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if file.is_dir() {
        "; it is a folder, but must be a file"
    } else if folder.is_some_and(|folder| !folder.exists()) {
        "; its folder does not exist"
    } else {
        ""
    }
}
