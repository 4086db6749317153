//! The fields of a table, compared with each other whatever their types.

use core::any::Any;

use uuid::Uuid;

use crate::change::Change;
use crate::value::{ColumnValue, ReadColumn};

/// A field of a table.
#[doc(hidden)]
pub trait TableField: Any {
    /// What turns `before`, the same column of another state, into this one, put into the slot of an update.
    fn change(&self, before: &dyn Any, slot: &mut dyn Any) -> Difference;

    /// The integer of a choice.
    fn integer(&self) -> Option<i32>;

    /// The GUID of an id.
    fn guid(&self) -> Option<Uuid>;
}

/// How a column differs between two states of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    Same,
    Cleared,
    /// The value is gone, and the update has no way to say so.
    NotClearable,
    Set,
}

/// The fields of a table, by their places in its metadata.
#[doc(hidden)]
pub trait TableFields {
    fn field(&self, place: usize) -> Option<&dyn TableField>;
}

/// A value that is always there, or an `Option` of one.
pub(crate) trait Field: 'static {
    type Value: ColumnValue;

    fn value(&self) -> Option<&Self::Value>;
}

impl<V: ColumnValue> Field for V {
    type Value = V;

    fn value(&self) -> Option<&V> {
        Some(self)
    }
}

impl<V: ColumnValue> Field for Option<V> {
    type Value = V;

    fn value(&self) -> Option<&V> {
        self.as_ref()
    }
}

/// The value of a field; one that is the same as none is none.
fn something<F: Field>(field: &F) -> Option<&F::Value> {
    match field.value() {
        Some(value) if !value.is_nothing() => Some(value),
        _ => None,
    }
}

impl<F: Field + for<'de> ReadColumn<'de>> TableField for F {
    fn change(&self, before: &dyn Any, slot: &mut dyn Any) -> Difference {
        let before = match before.downcast_ref::<F>() {
            Some(before) => something(before),
            None => None,
        };
        match (before, something(self)) {
            (None, None) => Difference::Same,
            (Some(before), Some(after)) if before.same(after) => Difference::Same,
            (_, Some(after)) => set(after.to_write(), slot),
            (Some(_), None) => clear::<<F::Value as ColumnValue>::Write>(slot),
        }
    }

    fn integer(&self) -> Option<i32> {
        match self.value() {
            Some(value) => value.integer(),
            None => None,
        }
    }

    fn guid(&self) -> Option<Uuid> {
        match self.value() {
            Some(value) => value.guid(),
            None => None,
        }
    }
}

fn set<W: 'static>(value: W, slot: &mut dyn Any) -> Difference {
    if let Some(slot) = slot.downcast_mut::<Change<W>>() {
        *slot = Change::Set(value);
    } else if let Some(slot) = slot.downcast_mut::<Option<W>>() {
        *slot = Some(value);
    }
    Difference::Set
}

fn clear<W: 'static>(slot: &mut dyn Any) -> Difference {
    match slot.downcast_mut::<Change<W>>() {
        Some(slot) => {
            *slot = Change::Clear;
            Difference::Cleared
        }
        None => Difference::NotClearable,
    }
}
