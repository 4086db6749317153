//! What a draft does to one column.

use core::fmt;

use crate::column::{Value, Written};
use crate::encode::instant;

/// What a draft does to one column.
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
        }
    }
}
