//! What generated code does with a field, whatever its kind.
//!
//! Each trait of a kind is a statement about a type and what is written for it (`W`): the value itself, or for a lookup the
//! record it points to. Generated code uses a field only through the trait of its kind, and asks nothing more of its type,
//! so that a type that does not fit its kind is an error at the type, and no others elsewhere.

pub use super::kinds::fields::*;

use crate::Id;
use crate::column::OptionSet;
use crate::metadata::{OptionMetadata, TargetTable};
use crate::reference::LookupTarget;

/// What the metadata of a column takes from the type of its field.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The options of a choice.
    pub options: &'static [OptionMetadata],
    /// The targets of a lookup.
    pub targets: &'static [TargetTable],
    /// The variants of a polymorphic lookup's enum.
    pub variants: &'static [&'static str],
    /// Its variant for other tables.
    pub unknown: Option<&'static str>,
}

impl Facts {
    pub(crate) const NONE: Self = Self { options: &[], targets: &[], variants: &[], unknown: None };

    pub(crate) const fn of_options<E: OptionSet>() -> Self {
        Self { options: E::OPTIONS, ..Self::NONE }
    }

    pub(crate) const fn of_target<T: LookupTarget>() -> Self {
        Self { targets: T::TARGETS, variants: T::VARIANTS, unknown: T::UNKNOWN, ..Self::NONE }
    }
}

/// The methods that the trait of each kind has, with the type that is written.
macro_rules! questions {
    ($written:ty) => {
        /// What the metadata takes from the type.
        #[doc(hidden)]
        const FACTS: $crate::column::field::Facts = $crate::column::field::Facts::NONE;

        /// Whether the column must have a value.
        #[doc(hidden)]
        const IS_REQUIRED: bool;

        /// Returns what a field holds before it is read.
        #[doc(hidden)]
        fn blank() -> Self;

        /// Reads the field.
        #[doc(hidden)]
        fn read<'de>(
            &mut self,
            cell: $crate::column::Cell<'_, 'de>,
            strings: &mut $crate::column::SharedStrings,
        ) -> Result<(), $crate::column::ValueError>;

        /// Returns what a create or update does that holds this.
        #[doc(hidden)]
        fn option(slot: &Option<$written>) -> $crate::column::Pending<'_>;

        /// Returns what an update does that holds this.
        #[doc(hidden)]
        fn change(slot: &$crate::column::Change<$written>) -> $crate::column::Pending<'_>;

        /// Lets an update turn one state of the field into another.
        #[doc(hidden)]
        fn differ(
            before: &Self,
            after: &Self,
            slot: &mut $crate::column::Change<$written>,
        ) -> $crate::column::Difference;

        /// Lets an update turn one state of a field that cannot be cleared into another.
        #[doc(hidden)]
        fn differ_set(before: &Self, after: &Self, slot: &mut Option<$written>)
        -> $crate::column::Difference;

        /// Returns the integer of a choice.
        #[doc(hidden)]
        fn integer(&self) -> Option<i32>;

        /// Returns the GUID of an id.
        #[doc(hidden)]
        fn guid(&self) -> Option<uuid::Uuid>;
    };
}
pub(crate) use questions;

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
        impl $crate::__private::kind::$kind<$type> for $type {
            $crate::__field_answers!(Self);
        }

        impl $crate::__private::kind::$kind<$type> for $crate::__private::Option<$type> {
            $crate::__field_answers!($type);
        }
    )+};
}

/// Types for the primary id of the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the primary id of `{T}`",
    label = "not a type for this table's primary id",
    note = "use `Id<{T}>` or `Option<Id<{T}>>`"
)]
pub trait PrimaryIdColumn<T>: Sized {
    questions!(Id<T>);
}

/// What a lookup points to, for a field whose type does not show it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a lookup, customer or owner column",
    label = "not a type for a lookup, customer or owner column",
    note = "use `Lookup<Table>`, or `Lookup<Enum>` with an enum that derives `LookupTarget`, or an `Option` of one"
)]
pub trait LookupField {
    type Target: LookupTarget;
}
