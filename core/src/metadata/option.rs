//! One option of an option set.

use super::Translation;

/// One option of an option set (a *choice*): its integer, its label, and how it is tied to state or status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OptionMetadata {
    /// The Rust variant that stands for the option.
    pub variant: &'static str,
    /// The integer on the wire: the only stable key of an option.
    pub value: i32,
    /// The label in the language the definition was written in. Labels are localised and may change; they are for
    /// people, not for keys.
    pub label: &'static str,
    /// On a state option: the status reason a record gets when only its state is set.
    pub default_status: Option<i32>,
    /// On a state option: the name that does not change with the language, as `IsValidStateTransition` wants it.
    pub invariant_name: Option<&'static str>,
    /// On a status option: the state it belongs to.
    pub state: Option<i32>,
    /// The label in languages other than English.
    pub translations: &'static [Translation],
}

impl OptionMetadata {
    /// An option with a value and a label, tied to nothing.
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

    /// Says which status reason a record gets when only this state is set.
    pub const fn default_status(mut self, value: i32) -> Self {
        self.default_status = Some(value);
        self
    }

    /// Gives a state option its invariant name.
    pub const fn invariant_name(mut self, name: &'static str) -> Self {
        self.invariant_name = Some(name);
        self
    }

    /// Sets the label in languages other than English.
    pub const fn translations(mut self, translations: &'static [Translation]) -> Self {
        self.translations = translations;
        self
    }

    /// Says to which state a status option belongs.
    pub const fn state(mut self, value: i32) -> Self {
        self.state = Some(value);
        self
    }
}
