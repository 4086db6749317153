//! What a draft holds for one column.

use core::fmt;

use crate::change::Change;
use crate::value::{Value, Written};

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
            Self::Set(Written::Value(Value::Brief(text))) => text.fmt(f),
            Self::Set(Written::Value(value)) => value.fmt(f),
            Self::Set(Written::Reference(record)) => write!(f, "{record}"),
        }
    }
}

/// What holds a value in a draft: `Option` where it can be left out, [`Change`] where it can also be cleared. What can be
/// done with the value is said by whoever asks, so that a type that holds no column is an error in one place.
#[doc(hidden)]
pub trait Slot<W> {
    fn pending(&self, written: for<'w> fn(&'w W) -> Written<'w>) -> Pending<'_>;
    fn copy(&self, copy: fn(&W) -> W) -> Self;
}

impl<W> Slot<W> for Option<W> {
    fn pending(&self, written: for<'w> fn(&'w W) -> Written<'w>) -> Pending<'_> {
        match self {
            None => Pending::Keep,
            Some(value) => Pending::Set(written(value)),
        }
    }

    fn copy(&self, copy: fn(&W) -> W) -> Self {
        match self {
            None => None,
            Some(value) => Some(copy(value)),
        }
    }
}

impl<W> Slot<W> for Change<W> {
    fn pending(&self, written: for<'w> fn(&'w W) -> Written<'w>) -> Pending<'_> {
        match self {
            Self::Keep => Pending::Keep,
            Self::Clear => Pending::Clear,
            Self::Set(value) => Pending::Set(written(value)),
        }
    }

    fn copy(&self, copy: fn(&W) -> W) -> Self {
        match self {
            Self::Keep => Self::Keep,
            Self::Clear => Self::Clear,
            Self::Set(value) => Self::Set(copy(value)),
        }
    }
}
