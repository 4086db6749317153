//! What generated code does with a field, whatever its kind.
//!
//! Each trait of a kind is a statement about a type and what is written for it (`W`): the value itself, or for a lookup the
//! record it points to. Generated code uses a field only through the trait of its kind, and asks nothing more of its type,
//! so that a type that does not fit its kind is an error at the type, and no others elsewhere.

pub use super::kinds::fields::*;

pub use super::field_methods::Facts;
use super::field_methods::field_methods;
use crate::Id;
use crate::reference::LookupTarget;

/// Those methods for a field that holds a value, or an `Option` of one. Each is compiled for each type of a user's crate, so
/// they are short and have no closures: closures and the methods of `Option` are functions of their own for each type.
#[doc(hidden)]
#[macro_export]
macro_rules! __field_answers {
    ($written:ty) => {
        const IS_REQUIRED: bool = <Self as $crate::__private::ReadColumn<'static>>::IS_REQUIRED;

        fn blank() -> Self {
            $crate::__private::ReadColumn::blank()
        }

        fn read<'de>(
            &mut self,
            cell: $crate::__private::Cell<'_, 'de>,
            strings: &mut $crate::__private::SharedStrings,
        ) -> $crate::__private::Result<(), $crate::__private::ValueError> {
            $crate::__private::ReadColumn::read(self, cell, strings)
        }

        fn cell(&self) -> $crate::__private::WrittenCell<'_> {
            $crate::__private::WriteCell::cell(self)
        }

        fn option(slot: &$crate::__private::Option<$written>) -> $crate::__private::Pending<'_> {
            match slot {
                $crate::__private::Option::None => $crate::__private::Pending::Keep,
                $crate::__private::Option::Some(value) => {
                    $crate::__private::Pending::Set($crate::__private::WriteValue::written(value))
                }
            }
        }

        fn change(slot: &$crate::__private::Change<$written>) -> $crate::__private::Pending<'_> {
            match slot {
                $crate::__private::Change::Keep => $crate::__private::Pending::Keep,
                $crate::__private::Change::Clear => $crate::__private::Pending::Clear,
                $crate::__private::Change::Set(value) => {
                    $crate::__private::Pending::Set($crate::__private::WriteValue::written(value))
                }
            }
        }

        fn differ(
            before: &Self,
            after: &Self,
            slot: &mut $crate::__private::Change<$written>,
        ) -> $crate::__private::Difference {
            $crate::__private::difference(before, after, slot)
        }

        fn differ_set(
            before: &Self,
            after: &Self,
            slot: &mut $crate::__private::Option<$written>,
        ) -> $crate::__private::Difference {
            $crate::__private::difference(before, after, slot)
        }

        fn integer(&self) -> $crate::__private::Option<i32> {
            $crate::__private::integer(self)
        }

        fn guid(&self) -> $crate::__private::Option<$crate::__private::Uuid> {
            $crate::__private::guid(self)
        }
    };
}

/// States that types, and `Option`s of them, hold columns of a kind and are written as they are.
#[doc(hidden)]
#[macro_export]
macro_rules! __holds_column {
    ($kind:ident: $($type:ty),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl $crate::__private::kind::$kind<$type> for $type {
            $crate::__field_answers!(Self);
        }

        #[diagnostic::do_not_recommend]
        impl $crate::__private::kind::$kind<$type> for $crate::__private::Option<$type> {
            $crate::__field_answers!($type);
        }
    )+};
}

/// Types for the primary id of the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the primary id of `{T}`",
    label = "use `Id<{T}>` or `Option<Id<{T}>>`"
)]
pub trait PrimaryIdColumn<T>: Sized {
    field_methods!(Id<T>);
}

/// What a lookup points to, for a field whose type does not show it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a lookup, customer or owner column",
    label = "use `Lookup<Table>`, or `Lookup<Enum>` with an enum that derives `LookupTarget`, or an `Option` of one"
)]
pub trait LookupField {
    type Target: LookupTarget;
}
