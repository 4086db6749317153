//! Option sets (*choices*): enums that know their integers and labels.

use core::fmt;

use serde_core::de::{Deserializer, Error as _, Unexpected, Visitor};

use crate::metadata::OptionMetadata;

/// An option set: an enum whose variants are the options. Derive it with `#[derive(OptionSet)]`: no other code can implement
/// it, because it has hidden items, which change with any release.
///
/// The integer of an option is its only stable key. Labels are localised, change, and repeat from set to set. The derive
/// therefore implements equality, hash and order by the integer: a value of the variant for unknown values that holds the
/// integer of a declared option equals that option. The enum derives `Clone` and `Copy`, and none of `PartialEq`, `Eq`,
/// `Hash`, `PartialOrd` and `Ord`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an option set",
    label = "derive `OptionSet` for an enum with the integers of the options"
)]
pub trait OptionSet: Copy + 'static {
    /// Name of the enum, for messages.
    const NAME: &'static str;

    /// The declared options, in the order of declaration.
    const OPTIONS: &'static [OptionMetadata];

    /// The variants of the declared options, in the same order; never the one that stands for unknown values.
    const ALL: &'static [Self];

    #[doc(hidden)]
    const VARIANTS: &'static [(&'static str, i32)];

    /// The variant that stands for unknown values.
    #[doc(hidden)]
    const UNKNOWN: Option<&'static str>;

    /// The integer on the wire.
    fn value(self) -> i32;

    /// The variant for an integer that no option was declared for; `None` where the enum is strict.
    #[doc(hidden)]
    fn unknown(value: i32) -> Option<Self>;

    /// What a field that is still to be read holds.
    #[doc(hidden)]
    fn blank() -> Self;

    /// The option with this integer.
    ///
    /// # Errors
    ///
    /// The enum is strict (it has no variant marked `#[option(unknown)]`) and declares no such option.
    fn from_value(value: i32) -> Result<Self, UnknownOption> {
        if let Some(index) = position(Self::OPTIONS, value) {
            return Ok(Self::ALL[index]);
        }
        match Self::unknown(value) {
            Some(option) => Ok(option),
            None => Err(UnknownOption::new(Self::NAME, Self::OPTIONS, value)),
        }
    }

    /// Returns the option with this label, compared to the letter; `None` if there is none, or several. Labels repeat in
    /// sets of the platform, and a label of several options names none of them.
    fn from_label(label: &str) -> Option<Self> {
        labelled(Self::OPTIONS, label).map(|index| Self::ALL[index])
    }

    /// What was declared about the option; `None` for an unknown value.
    fn metadata(self) -> Option<&'static OptionMetadata> {
        declared(Self::OPTIONS, self.value())
    }

    /// The label that was declared; `None` for an unknown value.
    fn label(self) -> Option<&'static str> {
        declared_label(Self::OPTIONS, self.value())
    }
}

/// What was declared about the option with this integer.
fn declared(options: &'static [OptionMetadata], value: i32) -> Option<&'static OptionMetadata> {
    position(options, value).map(|index| &options[index])
}

fn declared_label(options: &'static [OptionMetadata], value: i32) -> Option<&'static str> {
    declared(options, value).map(|each| each.label)
}

/// Finds the only option with this label.
fn labelled(options: &[OptionMetadata], label: &str) -> Option<usize> {
    let mut found = options.iter().enumerate().filter(|(_, each)| each.label == label);
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

/// Finds an option by its integer. Most sets count up without gaps, so the index that the option has in such a set is
/// tried first.
#[inline]
pub(crate) fn position(options: &[OptionMetadata], value: i32) -> Option<usize> {
    let first = options.first()?.value;
    let guess = usize::try_from(i64::from(value) - i64::from(first)).ok();
    guess
        .filter(|&index| options.get(index).is_some_and(|each| each.value == value))
        .or_else(|| options.iter().position(|each| each.value == value))
}

/// The option set of a state column (`statecode`), tied to that of the status column.
pub trait StateSet: OptionSet {
    /// The option set of the status column.
    type Status: OptionSet;

    /// The status reason that a record gets when only this state is set, as far as it was declared.
    fn default_status(self) -> Option<Self::Status> {
        let value = self.metadata()?.default_status?;
        Self::Status::from_value(value).ok()
    }
}

/// The option set of a status column (`statuscode`), tied to that of the state column.
pub trait StatusSet: OptionSet {
    /// The option set of the state column.
    type State: OptionSet;

    /// The state that the status reason belongs to, as far as it was declared.
    fn state(self) -> Option<Self::State> {
        let value = self.metadata()?.state?;
        Self::State::from_value(value).ok()
    }
}

/// An integer that a strict option set has no option for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOption {
    set: &'static str,
    options: &'static [OptionMetadata],
    value: i32,
}

impl UnknownOption {
    pub(crate) const fn new(set: &'static str, options: &'static [OptionMetadata], value: i32) -> Self {
        Self { set, options, value }
    }

    /// The integer.
    pub fn value(&self) -> i32 {
        self.value
    }

    /// What would have been right: the declared options, all of them if they are few.
    pub(crate) fn expectation(&self) -> String {
        const FEW: usize = 8;
        let listed: Vec<String> = self.options.iter().take(FEW).map(|each| each.value.to_string()).collect();
        let more = if self.options.len() > FEW { ", …" } else { "" };
        format!("one of the {} options of `{}` ({}{more})", self.options.len(), self.set, listed.join(", "))
    }
}

impl fmt::Display for UnknownOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expectation(), self.value)
    }
}

impl core::error::Error for UnknownOption {}

/// A label that an option set has no option for, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLabel {
    set: &'static str,
    label: String,
    /// The integers of the options that have the label: none or several.
    values: Vec<i32>,
}

impl UnknownLabel {
    pub(crate) fn new(set: &'static str, options: &[OptionMetadata], label: &str) -> Self {
        let values = options.iter().filter(|each| each.label == label).map(|each| each.value).collect();
        Self { set, label: label.to_owned(), values }
    }
}

impl fmt::Display for UnknownLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { set, label, values } = self;
        if values.is_empty() {
            return write!(f, "`{set}` has no option labelled {label:?}");
        }
        let values: Vec<String> = values.iter().map(i32::to_string).collect();
        let values = values.join(", ");
        write!(f, "`{set}` has several options labelled {label:?} ({values}); name the option by its integer")
    }
}

impl core::error::Error for UnknownLabel {}

/// Reads an option set from an integer; the body of the derived `Deserialize`.
pub(crate) fn deserialize<'de, E: OptionSet, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    struct IntegerVisitor;

    impl Visitor<'_> for IntegerVisitor {
        type Value = i32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the 32-bit integer of an option")
        }

        fn visit_i64<X: serde_core::de::Error>(self, value: i64) -> Result<i32, X> {
            i32::try_from(value).map_err(|_| X::invalid_value(Unexpected::Signed(value), &self))
        }

        fn visit_u64<X: serde_core::de::Error>(self, value: u64) -> Result<i32, X> {
            i32::try_from(value).map_err(|_| X::invalid_value(Unexpected::Unsigned(value), &self))
        }
    }

    E::from_value(deserializer.deserialize_i32(IntegerVisitor)?).map_err(D::Error::custom)
}

/// Prints the label, or the integer where there is none; the body of the derived `Display`.
pub(crate) fn display(
    options: &'static [OptionMetadata],
    value: i32,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match declared_label(options, value) {
        Some(label) => f.pad(label),
        None => f.pad(&value.to_string()),
    }
}
