//! The values with which a column can be compared.

use std::borrow::Cow;
use std::sync::Arc;

use uuid::Uuid;

use super::kinds::{self, ByOwnType};
use crate::column::OptionSet;
use crate::column::{MultiSelect, Value, WriteValue, Written};
use crate::encode::Literal;
use crate::reference::{AnyRecord, AnyTable, BindTo, Id, Lookup, LookupTarget, TargetKey};

/// A value that can be compared with a column of the kind `K` that holds `V`: a value of the column's type
/// or, for a lookup, a value that names a record. A reference to such a value works, too.
///
/// Only the library implements it.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// let name = String::from("Accepted");
/// assert_eq!(SessionEvent::NAME.eq(&name).to_odata()?, "msdyn_name eq 'Accepted'");
///
/// let session: Id<OcSession> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// assert_eq!(
///     SessionEvent::SESSION.eq(session).to_odata()?,
///     "_msdyn_omnichannelsession_value eq 6f9619ff-8b86-d011-b42d-00cf4fc964ff"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "a column that holds `{V}` cannot be compared with `{Self}`",
    label = "compare text with text, a number or date with one of the column's type, an option with one of its set, a lookup with an `Id` of its table; for null, use `is_null()`"
)]
pub trait Comparand<K, V>: sealed::WriteLiteral<K, V> {}

#[diagnostic::do_not_recommend]
impl<K, V, C: sealed::WriteLiteral<K, V>> Comparand<K, V> for C {}

/// Keeps the impls for each type away from [`Comparand`]: otherwise, the compiler would list all of them in
/// its errors.
mod sealed {
    pub trait WriteLiteral<K, V> {
        /// Returns the value as a literal.
        fn literal(self) -> crate::encode::Literal;
    }
}

use sealed::WriteLiteral;

/// Returns the literal of a value that a body could hold.
pub(super) fn written(value: &impl WriteValue, quoted: bool) -> Literal {
    match value.written() {
        Written::Value(value) => value.to_literal(quoted),
        // Unreachable: lookups are compared by id.
        Written::Reference(record) => Literal::text(record.to_string()),
        // Unreachable: party lists cannot be compared.
        Written::Parties(_) => Literal::text(""),
    }
}

/// Values are compared with columns of exactly their type.
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

/// Implements the comparison of text with columns that hold text of any type.
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

/// Compares all chosen options: records with fewer or more do not match.
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

/// Implements the comparison of lookups with values that name a record. The literal is the GUID of the
/// record.
macro_rules! record {
    ($kind:ty) => {
        /// The id of a record of a table that the lookup may point to.
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

        /// A lookup from a record that was read: of this column, or of another one to the same tables.
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
        impl<T: LookupTarget<Key = T> + TargetKey> WriteLiteral<$kind, T> for T {
            fn literal(self) -> Literal {
                guid(self.reference().id)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: LookupTarget<Key = T> + TargetKey> WriteLiteral<$kind, T> for &T {
            fn literal(self) -> Literal {
                guid(self.reference().id)
            }
        }
    };
}

record!(kinds::Lookup);
record!(kinds::Owner);

fn guid(id: Uuid) -> Literal {
    Literal::bare(id.to_string())
}
