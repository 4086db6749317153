//! What an update does to one column.

use core::fmt;

use super::{Value, Written};
use crate::encode::instant;

/// What an update does to a column that can be cleared: leave it, clear it, or set it.
///
/// The fields of an update hold one each, so that the input of a form can be turned into one:
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
    /// Returns the value that is set, if one is.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Whether the column is left as it is.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Whether the column is cleared.
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
