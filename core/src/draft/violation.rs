//! The violations of a body, found before it is sent.

use core::fmt;

use crate::metadata::{AttributeMetadata, EntityMetadata, RequiredLevel};

/// A rule that a create or an update breaks, and the column.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::Rule;
/// use dataverse_entity::tables::Team;
///
/// let violations = Team::create().name("x".repeat(161)).validate().unwrap_err();
/// let violation = violations.for_column("name").next().unwrap();
/// assert!(matches!(violation.rule(), Rule::TooLong { length: 161, max: 160, .. }));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    table: &'static str,
    column: &'static str,
    rule: Rule,
}

/// The rule that a body breaks.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::Rule;
/// use dataverse_entity::metadata::RequiredLevel;
/// use dataverse_entity::tables::SystemUser;
///
/// let violations = SystemUser::create().first_name("Ann").validate().unwrap_err();
/// let missing = violations.for_column("lastname").next().unwrap();
/// assert_eq!(missing.rule(), &Rule::Required(RequiredLevel::ApplicationRequired));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// The text is longer than the column's maximum.
    #[non_exhaustive]
    TooLong {
        /// Length of the text, in UTF-16 units.
        length: usize,
        /// The maximum, in UTF-16 units.
        max: u32,
    },
    /// The number or date is outside the column's range.
    #[non_exhaustive]
    OutOfRange {
        /// The value.
        value: String,
        /// The lowest value, if there is one.
        min: Option<String>,
        /// The highest value, if there is one.
        max: Option<String>,
    },
    /// The number has more digits after the decimal point than the column keeps. Dataverse would round it.
    #[non_exhaustive]
    TooPrecise {
        /// The value.
        value: String,
        /// The number of digits that the column keeps.
        precision: u8,
    },
    /// The float is not a number, or infinite.
    NotFinite,
    /// More options are chosen than Dataverse accepts.
    #[non_exhaustive]
    TooManyOptions {
        /// The number of chosen options.
        count: usize,
        /// The maximum.
        max: usize,
    },
    /// A required column is missing in a create, or gets no value.
    Required(RequiredLevel),
    /// The column cannot be cleared.
    NotClearable,
    /// The status reason belongs to a state that the record does not have.
    #[non_exhaustive]
    StatusOfOtherState {
        /// The status reason.
        status: i32,
        /// The state of the status reason.
        belongs_to: i32,
        /// The state in which the record starts, or to which the update sets it.
        state: i32,
    },
    /// The lookup points to a table that is not one of its declared targets.
    #[non_exhaustive]
    UnknownTarget {
        /// Logical name of the table, if known.
        table: Option<String>,
    },
    /// The two states to compare are not of the same record, or have no id.
    DifferentRecords,
    /// The column is part of the alternate key that names the record of the update. Dataverse would drop it
    /// without an error.
    NamesRecord,
}

impl Rule {
    /// Returns whether the Web API refuses a body that breaks this rule.
    ///
    /// The Web API does not enforce the other rules. It rounds a value that is
    /// [`TooPrecise`](Self::TooPrecise) without an error. Only apps and forms check the columns that the
    /// application requires.
    ///
    /// ```
    /// use dataverse_entity::Rule;
    /// use dataverse_entity::metadata::RequiredLevel;
    ///
    /// assert!(Rule::Required(RequiredLevel::SystemRequired).is_enforced_by_server());
    /// assert!(!Rule::Required(RequiredLevel::ApplicationRequired).is_enforced_by_server());
    /// ```
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

    /// Returns the logical name of the table.
    pub fn table(&self) -> &'static str {
        self.table
    }

    /// Returns the logical name of the column.
    pub fn column(&self) -> &'static str {
        self.column
    }

    /// Returns the rule.
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
                write!(f, "the lookup points to the table {table}, which is not one of its declared targets")
            }
            Self::UnknownTarget { table: None } => {
                f.write_str("the lookup points to a record whose table is not known")
            }
            Self::NamesRecord => f.write_str(super::body::KEY_COLUMN),
            Self::DifferentRecords => f.write_str("the two records are not the same, or have no id"),
        }
    }
}

/// The violations of a create or an update, at least one.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::Team;
///
/// let draft = Team::create().name("x".repeat(161)).description("x".repeat(2001));
/// let violations: Violations = draft.validate().unwrap_err();
///
/// let columns: Vec<_> = violations.iter().map(|each| each.column()).collect();
/// assert_eq!(columns, ["name", "description"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns the violations as an error, if there are any.
    pub(crate) fn check(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self(violations)) }
    }

    /// Returns the violations, in the order of the columns.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// Returns the violations of the column with this logical name.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// let violations = Team::create().name("x".repeat(161)).validate().unwrap_err();
    /// assert_eq!(violations.for_column("name").count(), 1);
    /// assert_eq!(violations.for_column("description").count(), 0);
    /// ```
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
