//! Which types a field may have for each kind of column: the compile-time check behind `#[attr(…)]`.
//!
//! Each trait is a statement about a type and what is written for it (`W`): the value itself, or for a lookup the
//! record it points to. All that generated code does with a field goes through the trait of its kind, and asks nothing more
//! of its type, so that a type that does not fit its kind is an error at the type, and no others elsewhere.

use std::sync::Arc;

use uuid::Uuid;

use super::{Change, Difference, Pending, difference, guid, integer};
use crate::Id;

use crate::column::OptionSet;
use crate::column::{
    Cell, ManagedProperty, MultiSelect, NoProperty, ReadColumn, SharedStrings, ValueError, WriteValue,
};
use crate::metadata::{OptionMetadata, TargetTable};
use crate::reference::{Bind, Lookup, LookupTarget};

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
    const NONE: Self = Self { options: &[], targets: &[], variants: &[], unknown: None };

    const fn of_options<E: OptionSet>() -> Self {
        Self { options: E::OPTIONS, ..Self::NONE }
    }

    const fn of_target<T: LookupTarget>() -> Self {
        Self { targets: T::TARGETS, variants: T::VARIANTS, unknown: T::UNKNOWN, ..Self::NONE }
    }
}

/// What generated code asks of a field of any kind.
macro_rules! questions {
    ($written:ty) => {
        /// What the metadata takes from the type.
        #[doc(hidden)]
        const FACTS: Facts = Facts::NONE;

        /// Has there to be a value?
        #[doc(hidden)]
        const IS_REQUIRED: bool;

        /// What a field holds before it is read.
        #[doc(hidden)]
        fn blank() -> Self;

        /// Reads the field.
        #[doc(hidden)]
        fn read<'de>(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError>;

        /// What a create or update does that holds this.
        #[doc(hidden)]
        fn option(slot: &Option<$written>) -> Pending<'_>;

        /// What an update does that holds this.
        #[doc(hidden)]
        fn change(slot: &Change<$written>) -> Pending<'_>;

        /// Lets an update turn one state of the field into another.
        #[doc(hidden)]
        fn differ(before: &Self, after: &Self, slot: &mut Change<$written>) -> Difference;

        /// The same for a column that cannot be cleared.
        #[doc(hidden)]
        fn differ_set(before: &Self, after: &Self, slot: &mut Option<$written>) -> Difference;

        /// The integer of a choice.
        #[doc(hidden)]
        fn integer(&self) -> Option<i32>;

        /// The GUID of an id.
        #[doc(hidden)]
        fn guid(&self) -> Option<Uuid>;
    };
}

/// The answers for a field that holds a value, or an `Option` of one. Each is compiled for each type of a user's crate, so
/// there is little of it, and no closures: they and the methods of `Option` are functions of their own for each type.
macro_rules! answers {
    ($written:ty) => {
        const IS_REQUIRED: bool = <Self as ReadColumn<'static>>::IS_REQUIRED;

        fn blank() -> Self {
            ReadColumn::blank()
        }

        fn read<'de>(&mut self, cell: Cell<'_, 'de>, strings: &mut SharedStrings) -> Result<(), ValueError> {
            ReadColumn::read(self, cell, strings)
        }

        fn option(slot: &Option<$written>) -> Pending<'_> {
            match slot {
                None => Pending::Keep,
                Some(value) => Pending::Set(value.written()),
            }
        }

        fn change(slot: &Change<$written>) -> Pending<'_> {
            match slot {
                Change::Keep => Pending::Keep,
                Change::Clear => Pending::Clear,
                Change::Set(value) => Pending::Set(value.written()),
            }
        }

        fn differ(before: &Self, after: &Self, slot: &mut Change<$written>) -> Difference {
            difference(before, after, slot)
        }

        fn differ_set(before: &Self, after: &Self, slot: &mut Option<$written>) -> Difference {
            difference(before, after, slot)
        }

        fn integer(&self) -> Option<i32> {
            integer(self)
        }

        fn guid(&self) -> Option<Uuid> {
            guid(self)
        }
    };
}

macro_rules! kinds {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident, $message:literal, $label:literal, $note:literal;
    )+) => {$(
        $(#[doc = $doc])+
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $name<W>: Sized {
            questions!(W);
        }
    )+};
}

kinds! {
    /// Types for string, memo and entity name columns.
    TextColumn,
        "`{Self}` cannot hold a string, memo or entity name column",
        "not a type for a string, memo or entity name column",
        "use `String`, `Box<str>` or `Arc<str>`, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for integer columns.
    IntegerColumn,
        "`{Self}` cannot hold an integer column",
        "not a type for an integer column",
        "use `i32` or `Option<i32>`";
    /// Types for big integer columns.
    BigIntColumn,
        "`{Self}` cannot hold a bigint column",
        "not a type for a bigint column",
        "use `i64` or `Option<i64>`";
    /// Types for double columns.
    DoubleColumn,
        "`{Self}` cannot hold a double column",
        "not a type for a double column",
        "use `f64` or `Option<f64>`";
    /// Types for decimal and money columns.
    DecimalColumn,
        "`{Self}` cannot hold a decimal or money column",
        "not a type for a decimal or money column",
        "use `rust_decimal::Decimal` (feature `rust_decimal`) or an `Option` of it; a float would not be exact";
    /// Types for boolean columns.
    BooleanColumn,
        "`{Self}` cannot hold a boolean column",
        "not a type for a boolean column",
        "use `bool` or `Option<bool>`";
    /// Types for datetime columns with behavior user local: an instant.
    InstantColumn,
        "`{Self}` cannot hold a user-local datetime column",
        "not a type for a user-local datetime column",
        "use an instant: jiff's `Timestamp`, chrono's `DateTime<Utc>` or time's `OffsetDateTime`, each with its feature, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for datetime columns with behavior time zone independent: a clock reading.
    ClockColumn,
        "`{Self}` cannot hold a time-zone-independent datetime column",
        "not a type for a time-zone-independent datetime column",
        "use a date and time without zone: jiff's `civil::DateTime`, chrono's `NaiveDateTime` or time's `PrimitiveDateTime`, each with its feature, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for datetime columns with behavior date only.
    DateColumn,
        "`{Self}` cannot hold a date-only datetime column",
        "not a type for a date-only datetime column",
        "use a date: jiff's `civil::Date`, chrono's `NaiveDate` or time's `Date`, each with its feature, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for picklist, state and status columns.
    ChoiceColumn,
        "`{Self}` cannot hold a picklist, state or status column",
        "not a type for a picklist, state or status column",
        "use an enum that derives `OptionSet`, or `i32`, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for multi-select columns.
    MultiSelectColumn,
        "`{Self}` cannot hold a multi-select column",
        "not a type for a multi-select column",
        "use `MultiSelect<E>` with an enum `E` that derives `OptionSet`, or an `Option` of it";
    /// Types for lookup, customer and owner columns.
    LookupColumn,
        "`{Self}` cannot hold a lookup, customer or owner column",
        "not a type for a lookup, customer or owner column",
        "use `Lookup<Table>`, or `Lookup<Enum>` with an enum that derives `LookupTarget`, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for uniqueidentifier columns.
    GuidColumn,
        "`{Self}` cannot hold a uniqueidentifier column",
        "not a type for a uniqueidentifier column",
        "use `Id<Table>` or `Uuid`, or an `Option` of one (written out: an alias is not seen through)";
    /// Types for image columns.
    ImageColumn,
        "`{Self}` cannot hold an image column",
        "not a type for an image column",
        "use `String` for the base64 text or `Vec<u8>` (feature `base64`), or an `Option` of one (written out: an alias is not seen through)";
    /// Types for file columns.
    FileColumn,
        "`{Self}` cannot hold a file column",
        "not a type for a file column",
        "use `Uuid` or `Option<Uuid>`: the id of the stored file";
    /// Types for managed properties.
    ManagedPropertyColumn,
        "`{Self}` cannot hold a managed property",
        "not a type for a managed property",
        "use `ManagedProperty` or `Option<ManagedProperty>`";
    /// Types for party list and virtual columns, which have no property on the wire.
    NoPropertyColumn,
        "`{Self}` cannot hold a party list or virtual column",
        "not a type for a party list or virtual column",
        "use `NoProperty`; a `virtual` column with `name_of` also takes `Option<String>`";
}

/// States that types, and `Option`s of them, hold a kind of column and are written as they are.
macro_rules! types {
    ($name:ident: $($(#[$cfg:meta])? $type:ty),+ $(,)?) => {$(
        $(#[$cfg])?
        impl $name<$type> for $type {
            answers!(Self);
        }
        $(#[$cfg])?
        impl $name<$type> for Option<$type> {
            answers!($type);
        }
    )+};
}

types!(TextColumn: String, Box<str>, Arc<str>);
types!(IntegerColumn: i32);
types!(BigIntColumn: i64);
types!(DoubleColumn: f64);
types!(BooleanColumn: bool);
types!(ChoiceColumn: i32);
types!(GuidColumn: Uuid);
types!(ImageColumn: String, Box<str>, Arc<str>, #[cfg(feature = "base64")] Vec<u8>);
types!(FileColumn: Uuid);
types!(ManagedPropertyColumn: ManagedProperty);
types!(NoPropertyColumn: NoProperty, String, Box<str>, Arc<str>);

#[cfg(feature = "rust_decimal")]
types!(DecimalColumn: rust_decimal::Decimal);

#[cfg(feature = "jiff")]
mod jiff_types {
    use super::*;

    types!(InstantColumn: jiff::Timestamp);
    types!(ClockColumn: jiff::civil::DateTime);
    types!(DateColumn: jiff::civil::Date);
}

#[cfg(feature = "chrono")]
mod chrono_types {
    use super::*;

    types!(InstantColumn: chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::FixedOffset>);
    types!(ClockColumn: chrono::NaiveDateTime);
    types!(DateColumn: chrono::NaiveDate);
}

#[cfg(feature = "time")]
mod time_types {
    use super::*;

    types!(InstantColumn: time::OffsetDateTime, time::UtcDateTime);
    types!(ClockColumn: time::PrimitiveDateTime);
    types!(DateColumn: time::Date);
}

impl<T: LookupTarget<Key = Self>> GuidColumn<Self> for Id<T> {
    answers!(Self);
}

impl<T: LookupTarget<Key = Id<T>>> GuidColumn<Id<T>> for Option<Id<T>> {
    answers!(Id<T>);
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ChoiceColumn<Self> for E {
    const FACTS: Facts = Facts::of_options::<E>();
    answers!(Self);
}

#[diagnostic::do_not_recommend]
impl<E: OptionSet> ChoiceColumn<E> for Option<E> {
    const FACTS: Facts = Facts::of_options::<E>();
    answers!(E);
}

impl<E: OptionSet> MultiSelectColumn<Self> for MultiSelect<E> {
    const FACTS: Facts = Facts::of_options::<E>();
    answers!(Self);
}

impl<E: OptionSet> MultiSelectColumn<MultiSelect<E>> for Option<MultiSelect<E>> {
    const FACTS: Facts = Facts::of_options::<E>();
    answers!(MultiSelect<E>);
}

impl<T: LookupTarget> LookupColumn<Bind<T>> for Lookup<T> {
    const FACTS: Facts = Facts::of_target::<T>();
    answers!(Bind<T>);
}

impl<T: LookupTarget> LookupColumn<Bind<T>> for Option<Lookup<T>> {
    const FACTS: Facts = Facts::of_target::<T>();
    answers!(Bind<T>);
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

impl<T: LookupTarget<Key = Self>> PrimaryIdColumn<T> for Id<T> {
    answers!(Self);
}

impl<T: LookupTarget<Key = Id<T>>> PrimaryIdColumn<T> for Option<Id<T>> {
    answers!(Id<T>);
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

impl<T: LookupTarget> LookupField for Lookup<T> {
    type Target = T;
}

impl<T: LookupTarget> LookupField for Option<Lookup<T>> {
    type Target = T;
}
