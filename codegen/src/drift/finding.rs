//! One difference, and what it means.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a difference means for a program that was built for the earlier definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Class {
    /// Only people see it: labels, descriptions, order, colors.
    Cosmetic,
    /// The program goes on as before; there is something new.
    Additive,
    /// The program goes on as before, but callers may see less, or a message may be refused in time.
    Warning,
    /// Values that were valid may be refused.
    Tightened,
    /// Reads fail, writes are refused, or Dataverse ignores a column.
    Breaking,
}

impl Class {
    /// Every class, from the mildest to the severest.
    pub const ALL: [Self; 5] =
        [Self::Cosmetic, Self::Additive, Self::Warning, Self::Tightened, Self::Breaking];

    /// Returns the word of the class, such as `breaking`.
    ///
    /// ```
    /// use dataverse_codegen::Class;
    ///
    /// assert_eq!(Class::Tightened.as_str(), "tightened");
    /// assert!(Class::Tightened > Class::Additive);
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cosmetic => "cosmetic",
            Self::Additive => "additive",
            Self::Warning => "warning",
            Self::Tightened => "tightened",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What it means for a program.
    pub class: Class,
    /// The table, by logical name.
    pub table: String,
    /// The column, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What has changed.
    pub change: String,
    /// What that does to a program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub meaning: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(column) = &self.column {
            write!(f, ".{column}")?;
        }
        write!(f, ": {}", self.change)?;
        if !self.meaning.is_empty() {
            write!(f, ": {}", self.meaning)?;
        }
        Ok(())
    }
}
