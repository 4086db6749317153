//! One option of an option set.

use super::Translation;

/// One option of an option set (a *choice*): its integer, its label, and its tie to state or status.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::session_event::StatusReason;
///
/// let inactive = StatusReason::Inactive.metadata().unwrap();
/// assert_eq!((inactive.value, inactive.label, inactive.state), (2, "Inactive", Some(1)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OptionMetadata {
    /// Name of the Rust variant of the option.
    pub variant: &'static str,
    /// The integer on the wire, the only stable key of an option.
    pub value: i32,
    /// The declared label. Labels are localised and may change: they are for people, not for keys.
    pub label: &'static str,
    /// On a state option: the status reason that a record gets when only its state is set.
    pub default_status: Option<i32>,
    /// On a state option: the name that does not depend on the language, which `IsValidStateTransition`
    /// takes.
    pub invariant_name: Option<&'static str>,
    /// On a status option: the state to which it belongs.
    pub state: Option<i32>,
    /// The label in languages other than English.
    pub translations: &'static [Translation],
}

impl OptionMetadata {
    /// Returns an option with an integer and a label.
    ///
    /// ```
    /// use dataverse_entity::metadata::OptionMetadata;
    ///
    /// const WON: OptionMetadata =
    ///     OptionMetadata::new("Won", 1, "Won").default_status(3).invariant_name("Won");
    /// assert_eq!(WON.default_status, Some(3));
    /// ```
    pub const fn new(variant: &'static str, value: i32, label: &'static str) -> Self {
        Self {
            variant,
            value,
            label,
            default_status: None,
            invariant_name: None,
            state: None,
            translations: &[],
        }
    }

    /// Sets the status reason that a record gets when only this state is set.
    pub const fn default_status(mut self, value: i32) -> Self {
        self.default_status = Some(value);
        self
    }

    /// Sets the name that does not depend on the language.
    pub const fn invariant_name(mut self, name: &'static str) -> Self {
        self.invariant_name = Some(name);
        self
    }

    /// Sets the label in languages other than English.
    pub const fn translations(mut self, translations: &'static [Translation]) -> Self {
        self.translations = translations;
        self
    }

    /// Sets the state to which a status option belongs.
    pub const fn state(mut self, value: i32) -> Self {
        self.state = Some(value);
        self
    }
}
