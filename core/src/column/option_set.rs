//! Option sets (*choices*): enums with their integers and labels.

use core::fmt;

use serde_core::de::{Deserializer, Error as _, Unexpected, Visitor};

use crate::metadata::OptionMetadata;

/// An option set: an enum whose variants are the options. Only `#[derive(OptionSet)]` implements this trait,
/// because its hidden items may change with any release.
///
/// ```
/// use dataverse_entity::prelude::*;
///
/// #[derive(Debug, Clone, Copy, OptionSet)]
/// #[repr(i32)]
/// enum LoanState {
///     Requested = 1,
///     #[option(label = "Under review")]
///     UnderReview = 2,
///     #[option(unknown)]
///     Unknown(i32),
/// }
///
/// assert_eq!(LoanState::from_value(2), Ok(LoanState::UnderReview));
/// assert_eq!(LoanState::UnderReview.label(), Some("Under review"));
/// assert_eq!(LoanState::from_value(9), Ok(LoanState::Unknown(9)));
/// ```
///
/// The integer of an option is its only stable key: labels are localised, change, and repeat from set to set.
/// The derive therefore implements equality, hash and order by the integer, so `Unknown(2)` equals
/// `UnderReview` above. Derive `Clone` and `Copy` for the enum yourself, but none of `PartialEq`, `Eq`,
/// `Hash`, `PartialOrd` and `Ord`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an option set",
    label = "derive `OptionSet` for an enum with the integers of the options"
)]
pub trait OptionSet: Copy + 'static {
    /// Name of the enum, for error texts.
    const NAME: &'static str;

    /// The declared options, in the order of declaration.
    const OPTIONS: &'static [OptionMetadata];

    /// The variants of the declared options, in the same order, without the variant for unknown values.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::State;
    ///
    /// let labels: Vec<_> = State::ALL.iter().filter_map(|state| state.label()).collect();
    /// assert_eq!(labels, ["Active", "Inactive"]);
    /// ```
    const ALL: &'static [Self];

    #[doc(hidden)]
    const VARIANTS: &'static [(&'static str, i32)];

    /// The variant for unknown values.
    #[doc(hidden)]
    const UNKNOWN: Option<&'static str>;

    /// Returns the integer on the wire.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::StatusReason;
    ///
    /// assert_eq!(StatusReason::Inactive.value(), 2);
    /// ```
    fn value(self) -> i32;

    /// Returns the variant for an integer without a declared option; `None` if the enum is strict.
    #[doc(hidden)]
    fn unknown(value: i32) -> Option<Self>;

    /// Returns what a field holds before it is read.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Returns the option with this integer.
    ///
    /// # Errors
    ///
    /// Returns an error if the enum declares no such option and is strict, that is, has no variant marked
    /// `#[option(unknown)]`.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    ///
    /// #[derive(Debug, Clone, Copy, OptionSet)]
    /// #[repr(i32)]
    /// enum Size {
    ///     Small = 100,
    ///     Large = 200,
    /// }
    ///
    /// let error = Size::from_value(300).unwrap_err();
    /// assert_eq!(error.to_string(), "expected one of the 2 options of `Size` (100, 200), found 300");
    /// ```
    fn from_value(value: i32) -> Result<Self, UnknownOption> {
        if let Some(index) = position(Self::OPTIONS, value) {
            return Ok(Self::ALL[index]);
        }
        match Self::unknown(value) {
            Some(option) => Ok(option),
            None => Err(UnknownOption::new(Self::NAME, Self::OPTIONS, value)),
        }
    }

    /// Returns the option with exactly this label; `None` if no option has it, or if several have it. Some
    /// option sets of the platform repeat a label.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::State;
    ///
    /// assert_eq!(State::from_label("Inactive"), Some(State::Inactive));
    /// assert_eq!(State::from_label("inactive"), None);
    /// ```
    fn from_label(label: &str) -> Option<Self> {
        labelled(Self::OPTIONS, label).map(|index| Self::ALL[index])
    }

    /// Returns the facts declared for the option; `None` for an unknown value.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::State;
    ///
    /// assert_eq!(State::Active.metadata().unwrap().default_status, Some(1));
    /// ```
    fn metadata(self) -> Option<&'static OptionMetadata> {
        declared(Self::OPTIONS, self.value())
    }

    /// Returns the declared label; `None` for an unknown value.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::State;
    ///
    /// assert_eq!(State::Active.label(), Some("Active"));
    /// assert_eq!(State::Unknown(7).label(), None);
    /// ```
    fn label(self) -> Option<&'static str> {
        declared_label(Self::OPTIONS, self.value())
    }
}

/// Returns the facts declared for the option with this integer.
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

/// Finds an option by its integer. Most sets count up without gaps, so the index in such a set is tried
/// first.
#[inline]
pub(crate) fn position(options: &[OptionMetadata], value: i32) -> Option<usize> {
    let first = options.first()?.value;
    let guess = usize::try_from(i64::from(value) - i64::from(first)).ok();
    guess
        .filter(|&index| options.get(index).is_some_and(|each| each.value == value))
        .or_else(|| options.iter().position(|each| each.value == value))
}

/// The option set of a state column (`statecode`), and its relation to the option set of the status column.
///
/// ```
/// use dataverse_entity::prelude::*;
///
/// #[derive(Debug, Clone, Copy, OptionSet)]
/// #[repr(i32)]
/// enum LoanState {
///     #[option(default_status = LoanStatus::Requested)]
///     Open = 0,
///     #[option(default_status = LoanStatus::Repaid)]
///     Closed = 1,
/// }
///
/// #[derive(Debug, Clone, Copy, OptionSet)]
/// #[repr(i32)]
/// enum LoanStatus {
///     #[option(state = LoanState::Open)]
///     Requested = 1,
///     #[option(state = LoanState::Open)]
///     PaidOut = 2,
///     #[option(state = LoanState::Closed)]
///     Repaid = 3,
/// }
///
/// assert_eq!(LoanState::Closed.default_status(), Some(LoanStatus::Repaid));
/// assert_eq!(LoanStatus::PaidOut.state(), Some(LoanState::Open));
/// ```
pub trait StateSet: OptionSet {
    /// The option set of the status column.
    type Status: OptionSet;

    /// Returns the status reason that Dataverse gives a record when only this state is set; `None` if none is
    /// declared.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::{State, StatusReason};
    ///
    /// assert_eq!(State::Inactive.default_status(), Some(StatusReason::Inactive));
    /// ```
    fn default_status(self) -> Option<Self::Status> {
        let value = self.metadata()?.default_status?;
        Self::Status::from_value(value).ok()
    }
}

/// The option set of a status column (`statuscode`), and its relation to the option set of the state column:
/// see [`StateSet`].
pub trait StatusSet: OptionSet {
    /// The option set of the state column.
    type State: OptionSet;

    /// Returns the state of the status reason; `None` if none is declared.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::{State, StatusReason};
    ///
    /// assert_eq!(StatusReason::Inactive.state(), Some(State::Inactive));
    /// ```
    fn state(self) -> Option<Self::State> {
        let value = self.metadata()?.state?;
        Self::State::from_value(value).ok()
    }
}

/// The error for an integer that a strict option set does not declare.
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

    /// Returns the integer.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    ///
    /// #[derive(Debug, Clone, Copy, OptionSet)]
    /// #[repr(i32)]
    /// enum Size {
    ///     Small = 100,
    ///     Large = 200,
    /// }
    ///
    /// assert_eq!(Size::try_from(300).unwrap_err().value(), 300);
    /// ```
    pub fn value(&self) -> i32 {
        self.value
    }

    /// Returns what was expected: the integers of the declared options, at most eight of them.
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

/// The error for a label that no option of a set has, or several have.
///
/// ```
/// use dataverse_entity::tables::session_event::State;
///
/// let error = "Paused".parse::<State>().unwrap_err();
/// assert_eq!(error.to_string(), "`State` has no option labelled \"Paused\"");
/// ```
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

/// Reads an option from an integer. The derived `Deserialize` calls it.
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

/// Writes the label, or the integer if there is none. The derived `Display` calls it.
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
