//! Two states of a field, compared.

use uuid::Uuid;

use super::{Change, ColumnValue};

/// How a column differs between two states of a record.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    Same,
    Cleared,
    /// The second state lacks the value, and an update cannot clear the column.
    NotClearable,
    Set,
}

/// A value, or an `Option` of one.
pub trait Field {
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

/// The field of an update for one column.
pub trait DraftSlot<W> {
    fn set(&mut self, value: W);

    fn clear(&mut self) -> Difference;
}

impl<W> DraftSlot<W> for Change<W> {
    fn set(&mut self, value: W) {
        *self = Self::Set(value);
    }

    fn clear(&mut self) -> Difference {
        *self = Self::Clear;
        Difference::Cleared
    }
}

impl<W> DraftSlot<W> for Option<W> {
    fn set(&mut self, value: W) {
        *self = Some(value);
    }

    fn clear(&mut self) -> Difference {
        Difference::NotClearable
    }
}

/// Compares two states of a field, and writes the change into the update's field.
pub fn difference<F: Field>(
    before: &F,
    after: &F,
    slot: &mut impl DraftSlot<<F::Value as ColumnValue>::Write>,
) -> Difference {
    match (something(before), something(after)) {
        (None, None) => Difference::Same,
        (Some(before), Some(after)) if before.same(after) => Difference::Same,
        (_, Some(after)) => {
            slot.set(after.to_write());
            Difference::Set
        }
        (Some(_), None) => slot.clear(),
    }
}

/// Returns the field's value, treating values equivalent to null (such as an empty set) as absent.
fn something<F: Field>(field: &F) -> Option<&F::Value> {
    field.value().filter(|value| !value.is_nothing())
}

/// Returns the integer of a choice.
pub fn integer<F: Field>(field: &F) -> Option<i32> {
    field.value().and_then(ColumnValue::integer)
}

/// Returns the GUID of an id.
pub fn guid<F: Field>(field: &F) -> Option<Uuid> {
    field.value().and_then(ColumnValue::guid)
}
