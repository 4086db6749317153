//! The types that a field can have: one trait for each kind of column.
//!
//! The parameter `W` is the type that a draft writes: the value itself or, for a lookup, the record to which
//! it points. Generated code uses a field only through the trait of its kind. A type that does not fit its
//! kind is therefore one error, at the type.

pub use super::kinds::fields::*;

pub use super::field_methods::Facts;
use super::field_methods::field_methods;
use crate::Id;
use crate::reference::LookupTarget;

/// The methods of a kind's trait for a field that holds a value, or an `Option` of one. The compiler repeats
/// them for each type of a user's crate, so they are short and avoid closures and the methods of `Option`,
/// which would add functions.
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

/// Implements a kind's trait for types that are written as they are, and for `Option`s of them.
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

/// The target of a lookup, for generated code that knows only the type of the field.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a lookup, customer or owner column",
    label = "use `Lookup<Table>`, or `Lookup<Enum>` with an enum that derives `LookupTarget`, or an `Option` of one"
)]
pub trait LookupField {
    type Target: LookupTarget;
}
