//! How the field of a table is read, compared and written: functions in const data.
//!
//! The derive makes one [`Codec`] for each column, through the trait of its kind in [`crate::kind`]. All else that is
//! generated uses the codec and asks nothing more of the field's type, so that a type that does not fit its kind is
//! one error, at the type, and the code for a type is there once, however many columns have it.

use core::fmt;

use uuid::Uuid;

use crate::change::Change;
use crate::lookup::LookupTarget;
use crate::metadata::{OptionMetadata, TargetTable};
use crate::value::{
    Cell, ColumnValue, Field, ReadColumn, SharedStrings, Value, ValueError, WriteValue, Written,
};

/// How a field of type `F` is read, compared, and written as `W`.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Codec<F, W> {
    pub(crate) read: for<'c, 'de> fn(Cell<'c, 'de>, &mut SharedStrings) -> Result<F, ValueError>,
    pub(crate) change: fn(&F, &F) -> Change<W>,
    pub(crate) write: fn(&F) -> Option<W>,
    pub(crate) id: fn(&F) -> Option<Uuid>,
    pub(crate) written: for<'w> fn(&'w W) -> Written<'w>,
    copy: fn(&W) -> W,
    /// The options of a choice.
    pub options: &'static [OptionMetadata],
    /// The targets of a lookup.
    pub targets: &'static [TargetTable],
    /// The variants of a polymorphic lookup's enum.
    pub variants: &'static [&'static str],
    /// Its variant for other tables.
    pub unknown: Option<&'static str>,
}

/// A field that can be read, and written as `W`.
pub(crate) trait Codable<W>: Sized {
    const CODEC: Codec<Self, W>;
}

#[diagnostic::do_not_recommend]
impl<F, W> Codable<W> for F
where
    F: Field<Value: ColumnValue<Write = W>> + for<'de> ReadColumn<'de>,
    W: WriteValue,
{
    const CODEC: Codec<Self, W> = Codec {
        read: |cell, strings| F::read_column(cell, strings),
        change: change::<F>,
        write: |field| field.value().map(ColumnValue::to_write),
        id: |_| None,
        written: W::written,
        copy: W::clone,
        options: &[],
        targets: &[],
        variants: &[],
        unknown: None,
    };
}

fn change<F: Field>(before: &F, after: &F) -> Change<<F::Value as ColumnValue>::Write> {
    let before = before.value().filter(|value| !value.is_nothing());
    let after = after.value().filter(|value| !value.is_nothing());
    match (before, after) {
        (None, None) => Change::Keep,
        (Some(_), None) => Change::Clear,
        (Some(before), Some(after)) if before.same(after) => Change::Keep,
        (_, Some(after)) => Change::Set(after.to_write()),
    }
}

impl<F, W> Codec<F, W> {
    pub(crate) const fn with_options(mut self, options: &'static [OptionMetadata]) -> Self {
        self.options = options;
        self
    }

    pub(crate) const fn with_targets_of<T: LookupTarget>(mut self) -> Self {
        self.targets = T::TARGETS;
        self.variants = T::VARIANTS;
        self.unknown = T::UNKNOWN;
        self
    }

    pub(crate) const fn with_id(mut self, id: fn(&F) -> Option<Uuid>) -> Self {
        self.id = id;
        self
    }
}

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
            Self::Set(Written::Value(value)) => value.fmt(f),
            Self::Set(Written::Reference(record)) => write!(f, "{record}"),
        }
    }
}

/// What holds a value in a draft: `Option` where it can be left out, [`Change`] where it can also be cleared.
#[doc(hidden)]
pub trait Slot<W> {
    fn pending<F>(&self, codec: &Codec<F, W>) -> Pending<'_>;
    fn copy<F>(&self, codec: &Codec<F, W>) -> Self;
}

impl<W> Slot<W> for Option<W> {
    fn pending<F>(&self, codec: &Codec<F, W>) -> Pending<'_> {
        self.as_ref().map_or(Pending::Keep, |value| Pending::Set((codec.written)(value)))
    }

    fn copy<F>(&self, codec: &Codec<F, W>) -> Self {
        self.as_ref().map(codec.copy)
    }
}

impl<W> Slot<W> for Change<W> {
    fn pending<F>(&self, codec: &Codec<F, W>) -> Pending<'_> {
        match self {
            Self::Keep => Pending::Keep,
            Self::Clear => Pending::Clear,
            Self::Set(value) => Pending::Set((codec.written)(value)),
        }
    }

    fn copy<F>(&self, codec: &Codec<F, W>) -> Self {
        match self {
            Self::Keep => Self::Keep,
            Self::Clear => Self::Clear,
            Self::Set(value) => Self::Set((codec.copy)(value)),
        }
    }
}
