//! What a column can be compared with.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::kinds::{self, ByOwnType};
use crate::column::OptionSet;
use crate::column::{MultiSelect, Value, WriteValue, Written};
use crate::encode::Literal;
use crate::reference::{AnyRecord, AnyTable, BindTo, Id, Lookup, LookupTarget};

/// A value that a column of the kind `K`, which holds `V`, can be compared with: a value of the column's own type, or what
/// names it, by value or by reference.
///
/// Only the library implements it.
#[diagnostic::on_unimplemented(
    message = "a column that holds `{V}` cannot be compared with `{Self}`",
    label = "compare text with text, a number or date with one of the column's type, an option with one of its set, a lookup with an `Id` of its table; for null, use `is_null()`"
)]
pub trait Comparand<K, V>: sealed::WriteLiteral<K, V> {}

#[diagnostic::do_not_recommend]
impl<K, V, C: sealed::WriteLiteral<K, V>> Comparand<K, V> for C {}

/// What is implemented for each type, apart from the trait that is named: with the two in one, an error lists the types.
mod sealed {
    pub trait WriteLiteral<K, V> {
        /// How the value is written.
        fn literal(self) -> crate::encode::Literal;
    }
}

use sealed::WriteLiteral;

/// The literal of a value as it would be written into a body.
pub(super) fn written(value: &impl WriteValue, quoted: bool) -> Literal {
    match value.written() {
        Written::Value(value) => value.to_literal(quoted),
        // Lookups are compared by id, and never come here.
        Written::Reference(record) => Literal::text(record.to_string()),
        // Party lists cannot be compared, and never come here.
        Written::Parties(_) => Literal::text(""),
    }
}

/// Values that are compared with columns that hold just their type.
#[diagnostic::do_not_recommend]
impl<K: ByOwnType, V: WriteValue> WriteLiteral<K, V> for V {
    fn literal(self) -> Literal {
        written(&self, false)
    }
}

#[diagnostic::do_not_recommend]
impl<K: ByOwnType, V: WriteValue> WriteLiteral<K, V> for &V {
    fn literal(self) -> Literal {
        written(self, false)
    }
}

/// Text, whatever type of text the column holds.
macro_rules! text {
    ($($type:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<V> WriteLiteral<kinds::Text, V> for $type {
            fn literal(self) -> Literal {
                Literal::text(AsRef::<str>::as_ref(&self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<V> WriteLiteral<kinds::EntityName, V> for $type {
            fn literal(self) -> Literal {
                Literal::text(AsRef::<str>::as_ref(&self))
            }
        }
    )+};
}

text!(&str, &&str, String, &String, Cow<'_, str>, &Cow<'_, str>, Box<str>, &Box<str>, Arc<str>, &Arc<str>);

#[diagnostic::do_not_recommend]
impl<E: OptionSet> WriteLiteral<kinds::Choice, E> for E {
    fn literal(self) -> Literal {
        Literal::bare(self.value().to_string())
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> WriteLiteral<kinds::Choice, E> for &E {
    fn literal(self) -> Literal {
        Literal::bare(self.value().to_string())
    }
}

#[diagnostic::do_not_recommend]
impl WriteLiteral<kinds::Choice, i32> for i32 {
    fn literal(self) -> Literal {
        Literal::bare(self.to_string())
    }
}

#[diagnostic::do_not_recommend]
impl WriteLiteral<kinds::Choice, i32> for &i32 {
    fn literal(self) -> Literal {
        Literal::bare(self.to_string())
    }
}

/// All chosen options, and no others.
#[diagnostic::do_not_recommend]
impl<E: OptionSet> WriteLiteral<kinds::MultiSelect, MultiSelect<E>> for &MultiSelect<E> {
    fn literal(self) -> Literal {
        match self.written() {
            Written::Value(Value::Null) | Written::Reference(_) | Written::Parties(_) => Literal::text(""),
            Written::Value(value) => value.to_literal(true),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> WriteLiteral<kinds::MultiSelect, Self> for MultiSelect<E> {
    fn literal(self) -> Literal {
        WriteLiteral::<kinds::MultiSelect, Self>::literal(&self)
    }
}

/// What names a record that a lookup of `T` may point to, by its GUID.
macro_rules! record {
    ($kind:ty) => {
        /// An id of a table that the lookup may point to.
        #[diagnostic::do_not_recommend]
        impl<T, R> WriteLiteral<$kind, T> for Id<R>
        where
            Self: BindTo<T>,
        {
            fn literal(self) -> Literal {
                guid(self.uuid())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T, R> WriteLiteral<$kind, T> for &Id<R>
        where
            Id<R>: BindTo<T>,
        {
            fn literal(self) -> Literal {
                guid(self.uuid())
            }
        }

        /// A lookup that was read, of this column or of another that may point to the same tables.
        #[diagnostic::do_not_recommend]
        impl<T, R: LookupTarget> WriteLiteral<$kind, T> for Lookup<R>
        where
            R::Key: BindTo<T>,
        {
            fn literal(self) -> Literal {
                guid(self.uuid())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T, R: LookupTarget> WriteLiteral<$kind, T> for &Lookup<R>
        where
            R::Key: BindTo<T>,
        {
            fn literal(self) -> Literal {
                guid(self.uuid())
            }
        }

        /// A record of any table, for a lookup to any table.
        #[diagnostic::do_not_recommend]
        impl WriteLiteral<$kind, AnyTable> for AnyRecord {
            fn literal(self) -> Literal {
                guid(self.uuid())
            }
        }

        #[diagnostic::do_not_recommend]
        impl WriteLiteral<$kind, AnyTable> for &AnyRecord {
            fn literal(self) -> Literal {
                guid(self.uuid())
            }
        }

        /// A value of the enum of a polymorphic lookup.
        #[diagnostic::do_not_recommend]
        impl<T: LookupTarget<Key = T>> WriteLiteral<$kind, T> for T {
            fn literal(self) -> Literal {
                guid(T::reference(&self).id)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: LookupTarget<Key = T>> WriteLiteral<$kind, T> for &T {
            fn literal(self) -> Literal {
                guid(T::reference(self).id)
            }
        }
    };
}

record!(kinds::Lookup);
record!(kinds::Owner);

fn guid(id: Uuid) -> Literal {
    Literal::bare(id.to_string())
}
