//! Several options of an option set.

use core::cmp::Ordering;
use core::fmt;
use std::borrow::Cow;

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::column::field::{Facts, MultiSelectColumn};
use crate::column::{
    Cell, ColumnValue, KindSet, OptionSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written,
};

/// The options chosen in a multi-select column, each once, ordered by their integers.
///
/// On the wire it is one string, such as `"1,9"`, or `null` if no option is chosen. Reading ignores spaces in
/// it. Dataverse accepts at most 150 options.
///
/// ```
/// use dataverse_entity::prelude::*;
///
/// #[derive(Debug, Clone, Copy, OptionSet)]
/// #[repr(i32)]
/// enum Interest {
///     Savings = 1,
///     Loans = 2,
///     Insurance = 9,
/// }
///
/// #[derive(Debug, DataverseEntity)]
/// #[entity(logical = "contact", set = "contacts")]
/// struct Contact {
///     #[attr(logical = "contactid", primary_id)]
///     id: Id<Contact>,
///     #[attr(logical = "new_interests", multiselect)]
///     interests: MultiSelect<Interest>,
/// }
///
/// let create = Contact::create().interests([Interest::Insurance, Interest::Savings]);
/// assert_eq!(create.to_json()?, r#"{"new_interests":"1,9"}"#);
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MultiSelect<E> {
    options: Vec<E>,
}

/// The maximum number of options that Dataverse accepts in one column.
pub(crate) const MAX_SELECTED: usize = 150;

impl<E: OptionSet> MultiSelect<E> {
    /// Returns an empty set.
    pub const fn new() -> Self {
        Self { options: Vec::new() }
    }

    /// Adds an option, and returns whether it was not yet chosen.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::EventType;
    ///
    /// let mut types = MultiSelect::new();
    /// assert!(types.insert(EventType::AgentAccepted));
    /// assert!(!types.insert(EventType::AgentAccepted));
    /// assert_eq!(types.len(), 1);
    /// ```
    pub fn insert(&mut self, option: E) -> bool {
        match self.position(option) {
            Ok(_) => false,
            Err(index) => {
                self.options.insert(index, option);
                true
            }
        }
    }

    /// Removes an option, and returns whether it was chosen.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::EventType;
    ///
    /// let mut types = MultiSelect::from([EventType::AgentAccepted]);
    /// assert!(types.remove(EventType::AgentAccepted));
    /// assert!(types.is_empty());
    /// ```
    pub fn remove(&mut self, option: E) -> bool {
        self.position(option).map(|index| self.options.remove(index)).is_ok()
    }

    /// Returns whether the option is chosen.
    pub fn contains(&self, option: E) -> bool {
        self.position(option).is_ok()
    }

    /// Returns the options, ordered by their integers.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::session_event::State;
    ///
    /// let states = MultiSelect::from([State::Inactive, State::Active]);
    /// assert_eq!(states.iter().collect::<Vec<_>>(), [State::Active, State::Inactive]);
    /// ```
    pub fn iter(&self) -> core::iter::Copied<core::slice::Iter<'_, E>> {
        self.options.iter().copied()
    }

    /// Returns the number of chosen options.
    pub fn len(&self) -> usize {
        self.options.len()
    }

    /// Returns whether no option is chosen.
    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    fn position(&self, option: E) -> Result<usize, usize> {
        self.options.binary_search_by_key(&option.value(), |each| each.value())
    }

    fn parse(text: &str) -> Result<Self, ValueError> {
        let pieces = text.split(',').map(str::trim).filter(|_| !text.trim().is_empty());
        pieces
            .map(|piece| {
                let found = || Value::Text(Cow::Borrowed(text));
                let number: i32 = piece.parse().map_err(|_| {
                    ValueError::new("whole numbers separated by commas, in a string", &found())
                })?;
                E::from_value(number).map_err(|unknown| ValueError::new(unknown.expectation(), &found()))
            })
            .collect()
    }
}

/// Compares the integers of the options.
impl<E: OptionSet + Eq> PartialOrd for MultiSelect<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E: OptionSet + Eq> Ord for MultiSelect<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().map(E::value).cmp(other.iter().map(E::value))
    }
}

impl<E: OptionSet> fmt::Display for MultiSelect<E> {
    /// Writes the text on the wire, such as `1,9`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, option) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{}", option.value())?;
        }
        Ok(())
    }
}

impl<E: OptionSet> Default for MultiSelect<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: OptionSet> FromIterator<E> for MultiSelect<E> {
    fn from_iter<I: IntoIterator<Item = E>>(options: I) -> Self {
        let mut set = Self::new();
        set.extend(options);
        set
    }
}

impl<E: OptionSet> Extend<E> for MultiSelect<E> {
    fn extend<I: IntoIterator<Item = E>>(&mut self, options: I) {
        for option in options {
            self.insert(option);
        }
    }
}

impl<E: OptionSet, const N: usize> From<[E; N]> for MultiSelect<E> {
    fn from(options: [E; N]) -> Self {
        options.into_iter().collect()
    }
}

impl<E: OptionSet> IntoIterator for MultiSelect<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.options.into_iter()
    }
}

impl<'a, E: OptionSet> IntoIterator for &'a MultiSelect<E> {
    type Item = E;
    type IntoIter = core::iter::Copied<core::slice::Iter<'a, E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<E: OptionSet> Serialize for MultiSelect<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() { serializer.serialize_none() } else { serializer.collect_str(self) }
    }
}

impl<'de, E: OptionSet> Deserialize<'de> for MultiSelect<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        Self::parse(text.as_deref().unwrap_or_default()).map_err(serde_core::de::Error::custom)
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ReadValue<'_> for MultiSelect<E> {
    const KINDS: KindSet = KindSet::MULTI_SELECT;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match cell.value() {
            Value::Text(text) => Self::parse(text),
            other => Err(ValueError::new("whole numbers separated by commas, in a string", other)),
        }
    }

    const HAS_ABSENT: bool = true;

    fn blank() -> Self {
        Self::new()
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ColumnValue for MultiSelect<E> {
    type Write = Self;

    fn to_write(&self) -> Self {
        self.clone()
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn same(&self, other: &Self) -> bool {
        self.options.len() == other.options.len()
            && self.iter().zip(other).all(|(a, b)| a.value() == b.value())
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> WriteValue for MultiSelect<E> {
    fn written(&self) -> Written<'_> {
        Written::Value(if self.is_empty() { Value::Null } else { Value::Text(Cow::Owned(self.to_string())) })
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> MultiSelectColumn<Self> for MultiSelect<E> {
    const FACTS: Facts = Facts::of_options::<E>();
    crate::__field_answers!(Self);
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> MultiSelectColumn<MultiSelect<E>> for Option<MultiSelect<E>> {
    const FACTS: Facts = Facts::of_options::<E>();
    crate::__field_answers!(MultiSelect<E>);
}
