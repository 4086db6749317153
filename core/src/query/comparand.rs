//! What a column can be compared with.

use std::borrow::Cow;
use std::sync::Arc;

use super::kinds::{self, ByOwnType};
use crate::column::OptionSet;
use crate::column::{MultiSelect, Value, WriteValue, Written};
use crate::encode::Literal;
use crate::reference::LookupTarget;

/// A value that a column of the kind `K`, which holds `V`, can be compared with.
#[diagnostic::on_unimplemented(
    message = "a column of the kind `{K}` that holds `{V}` cannot be compared with `{Self}`",
    label = "not a value of the column's type",
    note = "compare a text with a text, a number with a number of the column's type, options with options of the same set, and lookups with ids of a table that they point to"
)]
pub trait Comparand<K, V> {
    /// How the value is written.
    #[doc(hidden)]
    fn literal(self) -> Literal;
}

/// The literal of a value as it would be written into a body.
pub(super) fn written(value: &impl WriteValue, quoted: bool) -> Literal {
    match value.written() {
        Written::Value(value) => value.to_literal(quoted),
        // Lookups are compared by id, and never come here.
        Written::Reference(record) => Literal::text(record.to_string()),
    }
}

/// Values that are compared with columns that hold just their type.
#[diagnostic::do_not_recommend]
impl<K: ByOwnType, V: WriteValue> Comparand<K, V> for V {
    fn literal(self) -> Literal {
        written(&self, false)
    }
}

/// Text, whatever type of text the column holds.
macro_rules! text {
    ($($(#[$bound:meta])? $type:ty),+) => {$(
        impl<V> Comparand<kinds::Text, V> for $type {
            fn literal(self) -> Literal {
                Literal::text(&*self)
            }
        }

        impl<V> Comparand<kinds::EntityName, V> for $type {
            fn literal(self) -> Literal {
                Literal::text(&*self)
            }
        }
    )+};
}

text!(&str, String, &String, Cow<'_, str>, Box<str>, Arc<str>);

#[diagnostic::do_not_recommend]
impl<E: OptionSet> Comparand<kinds::Choice, E> for E {
    fn literal(self) -> Literal {
        Literal::bare(self.value().to_string())
    }
}

impl Comparand<kinds::Choice, i32> for i32 {
    fn literal(self) -> Literal {
        Literal::bare(self.to_string())
    }
}

/// All chosen options, and no others.
impl<E: OptionSet> Comparand<kinds::MultiSelect, MultiSelect<E>> for MultiSelect<E> {
    fn literal(self) -> Literal {
        match self.written() {
            Written::Value(Value::Null) => Literal::text(""),
            Written::Value(value) => value.to_literal(true),
            Written::Reference(_) => Literal::text(""),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget, R: Into<T::Key>> Comparand<kinds::Lookup, T> for R {
    fn literal(self) -> Literal {
        key::<T>(&self.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: LookupTarget, R: Into<T::Key>> Comparand<kinds::Owner, T> for R {
    fn literal(self) -> Literal {
        key::<T>(&self.into())
    }
}

fn key<T: LookupTarget>(key: &T::Key) -> Literal {
    Literal::bare(T::reference(key).id.to_string())
}
