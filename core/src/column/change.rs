//! What an update does to one column.

use core::fmt;

use super::{Value, Written};
use crate::encode::instant;

/// What an update does to a column that can be cleared: keeps it, clears it, or sets it.
///
/// An update has a field of this type for each such column. The input of a form becomes a `Change`:
///
/// ```
/// use dataverse_entity::Change;
///
/// fn change(typed: Option<&str>) -> Change<String> {
///     match typed {
///         None => Change::Keep,
///         Some("") => Change::Clear,
///         Some(text) => Change::Set(text.to_owned()),
///     }
/// }
///
/// assert!(change(None).is_keep());
/// assert!(change(Some("")).is_clear());
/// assert_eq!(change(Some("Chat")).value().map(String::as_str), Some("Chat"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Change<T> {
    /// The column is not sent and keeps its value.
    #[default]
    Keep,
    /// The column is set to `null`.
    Clear,
    /// The column is set to this value.
    Set(T),
}

impl<T> Change<T> {
    /// Returns the value to set; `None` if the column is kept or cleared.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let update = SessionEvent::update(Id::new(uuid::Uuid::nil())).name("Accepted");
    /// assert_eq!(update.name.value().map(String::as_str), Some("Accepted"));
    /// ```
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Returns whether the column keeps its value.
    ///
    /// ```
    /// # use dataverse_entity::Change;
    /// assert!(Change::<String>::default().is_keep());
    /// ```
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Returns whether the column is set to `null`.
    ///
    /// ```
    /// # use dataverse_entity::Change;
    /// assert!(Change::<i32>::Clear.is_clear());
    /// assert!(!Change::from(0).is_clear());
    /// ```
    pub const fn is_clear(&self) -> bool {
        matches!(self, Self::Clear)
    }
}

impl<T> From<T> for Change<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// What a draft does to one column, borrowed from the draft.
#[doc(hidden)]
#[derive(Clone, PartialEq)]
pub enum Pending<'a> {
    Keep,
    Clear,
    Set(Written<'a>),
}

impl fmt::Debug for Pending<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keep => f.write_str("Keep"),
            Self::Clear => f.write_str("Clear"),
            Self::Set(Written::Value(Value::Text(text))) => text.fmt(f),
            Self::Set(Written::Value(Value::Instant(seconds))) => instant::text(*seconds).fmt(f),
            Self::Set(Written::Value(Value::Guid(guid))) => guid.uuid().to_string().fmt(f),
            Self::Set(Written::Value(value)) => value.fmt(f),
            Self::Set(Written::Reference(record)) => write!(f, "{record}"),
            Self::Set(Written::Parties(parties)) => parties.fmt(f),
        }
    }
}
