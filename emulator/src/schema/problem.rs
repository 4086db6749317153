//! Errors and gaps in definitions.

use core::fmt;

use crate::excerpt::shortened;

/// The error of a definition that would make the service answer wrongly. The text names the table and the
/// attribute, and says what to do.
///
/// ```
/// use dataverse_emulator::Emulator;
///
/// let loan = r#"{"LogicalName": "new_loan", "EntitySetName": "new_loans", "PrimaryIdAttribute": "new_loanid", "Attributes": [
///     {"LogicalName": "new_loanid", "AttributeType": "Uniqueidentifer"}]}"#;
/// let error = Emulator::builder().definitions(loan).build().unwrap_err();
/// assert!(error.to_string().contains("`new_loan`"), "{error}");
/// ```
#[derive(Debug)]
pub struct DefinitionError(String);

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for DefinitionError {}

impl DefinitionError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self(shortened(problem.into()))
    }

    pub(super) fn of_table(table: &str, problem: impl fmt::Display) -> Self {
        Self::new(format!("table `{table}`: {problem}"))
    }
}

/// A gap in a definition: the service has less than the org, or enforces fewer rules. The text names the
/// table and the attribute, and says what follows.
///
/// ```
/// let lookup = r#"{"LogicalName": "new_loan", "EntitySetName": "new_loans", "PrimaryIdAttribute": "new_loanid", "Attributes": [
///     {"LogicalName": "new_loanid", "AttributeType": "Uniqueidentifier"},
///     {"LogicalName": "new_borrower", "AttributeType": "Lookup", "Targets": []}]}"#;
/// let emulator = dataverse_emulator::Emulator::builder().definitions(lookup).build()?;
/// let text = emulator.warnings()[0].to_string();
/// assert!(text.starts_with("table `new_loan`, attribute `new_borrower`: the lookup has no targets"), "{text}");
/// # Ok::<_, dataverse_emulator::EmulatorError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionWarning {
    table: Option<String>,
    attribute: Option<String>,
    problem: String,
}

impl DefinitionWarning {
    /// Returns a warning about a whole document.
    pub(super) fn of_document(problem: impl Into<String>) -> Self {
        Self { table: None, attribute: None, problem: problem.into() }
    }

    pub(super) fn of_table(table: &str, problem: impl Into<String>) -> Self {
        Self { table: Some(table.to_owned()), attribute: None, problem: problem.into() }
    }

    pub(super) fn of_attribute(table: &str, attribute: &str, problem: impl Into<String>) -> Self {
        Self { attribute: Some(attribute.to_owned()), ..Self::of_table(table, problem) }
    }

    /// Returns the logical name of the table, or `None` if the warning is about a whole document.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// Returns the logical name of the attribute, or `None` if the warning is about a whole table or
    /// document.
    pub fn attribute(&self) -> Option<&str> {
        self.attribute.as_deref()
    }
}

impl fmt::Display for DefinitionWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.table, &self.attribute) {
            (Some(table), Some(attribute)) => write!(f, "table `{table}`, attribute `{attribute}`: ")?,
            (Some(table), None) => write!(f, "table `{table}`: ")?,
            _ => {}
        }
        f.write_str(&self.problem)
    }
}
