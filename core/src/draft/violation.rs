//! What can be said against a body before it is sent.

use core::fmt;

use crate::metadata::{AttributeMetadata, EntityMetadata, RequiredLevel};

/// One thing that is wrong with a create or an update, and the column it is wrong with.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    table: &'static str,
    column: &'static str,
    rule: Rule,
}

/// The rule that a body breaks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// The text is longer than the column's maximum.
    #[non_exhaustive]
    TooLong {
        /// Its length, in UTF-16 units.
        length: usize,
        /// The maximum, in UTF-16 units.
        max: u32,
    },
    /// The number or date is outside the column's range.
    #[non_exhaustive]
    OutOfRange {
        /// The value.
        value: String,
        /// The least value, where there is one.
        min: Option<String>,
        /// The greatest value, where there is one.
        max: Option<String>,
    },
    /// The number has more digits after the decimal point than the column keeps; the server would round it.
    #[non_exhaustive]
    TooPrecise {
        /// The value.
        value: String,
        /// How many digits the column keeps.
        precision: u8,
    },
    /// The number is not a number, or infinite.
    NotFinite,
    /// More options are chosen than the server takes.
    #[non_exhaustive]
    TooManyOptions {
        /// How many are chosen.
        count: usize,
        /// How many the server takes.
        max: usize,
    },
    /// A required column is left out of a create, or set to nothing.
    Required(RequiredLevel),
    /// A column that cannot be null would be cleared.
    NotClearable,
    /// The status reason belongs to another state than the one the record has or gets.
    #[non_exhaustive]
    StatusOfOtherState {
        /// The status reason.
        status: i32,
        /// The state that the status reason belongs to.
        belongs_to: i32,
        /// The state that the record starts in or is set to.
        state: i32,
    },
    /// The lookup points to a record of a table that is not one of its declared targets.
    #[non_exhaustive]
    UnknownTarget {
        /// Logical name of the table, where it is known.
        table: Option<String>,
    },
    /// Two records were compared that are not the same record.
    DifferentRecords,
    /// The column is part of the alternate key that names the record of the update: Dataverse drops it without an error.
    NamesRecord,
}

impl Rule {
    /// Does the Web API itself refuse such a body? Where it does not, it rounds the value silently
    /// ([`TooPrecise`](Self::TooPrecise)), or leaves the rule to apps and forms (a column required by the application).
    pub fn is_enforced_by_server(&self) -> bool {
        !matches!(
            self,
            Self::TooPrecise { .. }
                | Self::Required(RequiredLevel::ApplicationRequired | RequiredLevel::Recommended)
                | Self::DifferentRecords
        )
    }
}

impl Violation {
    pub(crate) fn new(
        table: &'static EntityMetadata,
        column: &'static AttributeMetadata,
        rule: Rule,
    ) -> Self {
        Self { table: table.logical_name, column: column.logical_name, rule }
    }

    /// Logical name of the table.
    pub fn table(&self) -> &'static str {
        self.table
    }

    /// Logical name of the column.
    pub fn column(&self) -> &'static str {
        self.column
    }

    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}: {}", self.table, self.column, self.rule)
    }
}

impl core::error::Error for Violation {}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { length, max } => {
                write!(f, "the text is {length} UTF-16 units long, the maximum is {max}")
            }
            Self::OutOfRange { value, min, max } => match (min, max) {
                (Some(min), Some(max)) => write!(f, "{value} is outside the range from {min} to {max}"),
                (Some(min), None) => write!(f, "{value} is less than the least value, {min}"),
                (None, Some(max)) => write!(f, "{value} is more than the greatest value, {max}"),
                (None, None) => write!(f, "{value} is outside the range"),
            },
            Self::TooPrecise { value, precision } => {
                write!(
                    f,
                    "{value} has more than {precision} digits after the decimal point; the server would round it"
                )
            }
            Self::NotFinite => f.write_str("the number is infinite or not a number"),
            Self::TooManyOptions { count, max } => {
                write!(f, "{count} options are chosen, the server takes {max} at most")
            }
            Self::Required(RequiredLevel::ApplicationRequired) => f.write_str(
                "a value is required by apps and forms (the Web API would take the record without it)",
            ),
            Self::Required(_) => f.write_str("a value is required"),
            Self::NotClearable => f.write_str("the column cannot be cleared"),
            Self::StatusOfOtherState { status, belongs_to, state } => write!(
                f,
                "the status {status} belongs to the state {belongs_to}, but the record has the state {state}"
            ),
            Self::UnknownTarget { table: Some(table) } => {
                write!(f, "the lookup points to the table {table}, which is none of its declared targets")
            }
            Self::UnknownTarget { table: None } => {
                f.write_str("the lookup points to a record whose table is not known")
            }
            Self::NamesRecord => f.write_str(super::body::KEY_COLUMN),
            Self::DifferentRecords => f.write_str("the two are not the same record, or have no id"),
        }
    }
}

/// All that is wrong with a create or an update; at least one violation.
#[derive(Debug, Clone, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The violations, if there are any.
    pub(crate) fn check(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self(violations)) }
    }

    /// The violations, in the order of the columns.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// What is wrong with one column, by logical name.
    pub fn for_column(&self, column: &str) -> impl Iterator<Item = &Violation> {
        self.0.iter().filter(move |each| each.column == column)
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Violations {}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = core::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
