//! One option of an option set.

use super::{Cell, ColumnValue, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};
use crate::option_set::OptionSet;

impl<E: OptionSet> ReadValue<'_> for E {
    const KINDS: KindSet = KindSet::CHOICE;

    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        let number = i32::read(cell, strings)?;
        E::from_value(number)
            .map_err(|unknown| ValueError::new(unknown.expectation(), &Value::Integer(i64::from(number))))
    }
}

impl<E: OptionSet> ColumnValue for E {
    type Write = Self;

    fn to_write(&self) -> Self {
        *self
    }

    fn same(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl<E: OptionSet> WriteValue for E {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Integer(i64::from(self.value())))
    }
}
