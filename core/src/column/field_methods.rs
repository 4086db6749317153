//! What generated code does with a field, whatever the kind of its column.

use crate::column::OptionSet;
use crate::metadata::{OptionMetadata, TargetTable};
use crate::reference::LookupTarget;

/// The facts that the metadata of a column takes from the type of its field.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The options of a choice.
    pub options: &'static [OptionMetadata],
    /// The targets of a lookup.
    pub targets: &'static [TargetTable],
    /// The variants of a polymorphic lookup's enum.
    pub variants: &'static [&'static str],
    /// The enum's variant for other tables.
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
macro_rules! field_methods {
    ($written:ty) => {
        /// The facts that the metadata takes from the type.
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

        /// Returns the cell of a response that would be read as this field.
        #[doc(hidden)]
        fn cell(&self) -> $crate::column::WrittenCell<'_>;

        /// Returns what a draft does to the column, if its field holds this `Option`.
        #[doc(hidden)]
        fn option(slot: &Option<$written>) -> $crate::column::Pending<'_>;

        /// Returns what an update does to the column, if its field holds this `Change`.
        #[doc(hidden)]
        fn change(slot: &$crate::column::Change<$written>) -> $crate::column::Pending<'_>;

        /// Compares two states of the field, and writes the change into the update's field.
        #[doc(hidden)]
        fn differ(
            before: &Self,
            after: &Self,
            slot: &mut $crate::column::Change<$written>,
        ) -> $crate::column::Difference;

        /// Compares two states of a field that cannot be cleared, and writes the change into the update's
        /// field.
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
pub(crate) use field_methods;
