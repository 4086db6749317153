//! One option of an option set.

use super::{Cell, ColumnValue, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};
use crate::option_set::{OptionSet, UnknownOption};

impl<E: OptionSet> ReadValue<'_> for E {
    const KINDS: KindSet = KindSet::CHOICE;

    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        let number = match i32::read(cell, strings) {
            Ok(number) => number,
            Err(error) => return Err(error),
        };
        match E::from_value(number) {
            Ok(option) => Ok(option),
            Err(unknown) => Err(unexpected(&unknown)),
        }
    }

    fn blank() -> Self {
        E::blank()
    }
}

fn unexpected(unknown: &UnknownOption) -> ValueError {
    ValueError::new(unknown.expectation(), &Value::Integer(i64::from(unknown.value())))
}

impl<E: OptionSet> ColumnValue for E {
    type Write = Self;

    fn to_write(&self) -> Self {
        *self
    }

    fn same(&self, other: &Self) -> bool {
        self.value() == other.value()
    }

    fn integer(&self) -> Option<i32> {
        Some(self.value())
    }
}

impl<E: OptionSet> WriteValue for E {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Integer(i64::from(self.value())))
    }
}
