//! Integers and floating-point numbers.

use crate::column::{
    Cell, ColumnValue, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written,
};

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for i32 {
    const KINDS: KindSet = KindSet::INTEGER.or(KindSet::CHOICE);

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        integer(cell)
    }

    fn blank() -> Self {
        0
    }
}

/// Reads a whole number of 32 bits.
#[inline]
pub(super) fn integer(cell: Cell<'_, '_>) -> Result<i32, ValueError> {
    let value = cell.value();
    let number = match value {
        Value::Integer(number) => i32::try_from(*number).ok(),
        Value::Number(text) => text.parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| ValueError::new("a whole number of 32 bits", value))
}

/// Reads a string, too: with `IEEE754Compatible=true`, Dataverse writes an `Edm.Int64` as a string.
#[diagnostic::do_not_recommend]
impl ReadValue<'_> for i64 {
    const KINDS: KindSet = KindSet::BIG_INT;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        let value = cell.value();
        let number = match value {
            Value::Number(text) | Value::Text(text) => text.parse().ok(),
            Value::Integer(number) => Some(*number),
            _ => None,
        };
        number.ok_or_else(|| ValueError::new("a whole number of 64 bits", value))
    }

    fn blank() -> Self {
        0
    }
}

/// Rejects a number that is too large for the type, because it would become infinity.
#[diagnostic::do_not_recommend]
impl ReadValue<'_> for f64 {
    const KINDS: KindSet = KindSet::DOUBLE;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        let value = cell.value();
        let number = match value {
            Value::Number(text) => text.parse().ok().filter(|number: &Self| number.is_finite()),
            Value::Double(number) => Some(*number),
            _ => None,
        };
        number.ok_or_else(|| ValueError::new("a floating-point number of 64 bits", value))
    }

    fn blank() -> Self {
        0.0
    }
}

crate::__written_as_itself!(i64, f64);

/// An `i32` also holds the integer of a choice.
#[diagnostic::do_not_recommend]
impl ColumnValue for i32 {
    type Write = Self;

    fn to_write(&self) -> Self {
        *self
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }

    fn integer(&self) -> Option<i32> {
        Some(*self)
    }
}

#[diagnostic::do_not_recommend]
impl WriteValue for i32 {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Integer(i64::from(*self)))
    }
}

#[diagnostic::do_not_recommend]
impl WriteValue for i64 {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Integer(*self))
    }
}

#[diagnostic::do_not_recommend]
impl WriteValue for f64 {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Double(*self))
    }
}

crate::__holds_column!(IntegerColumn: i32);
crate::__holds_column!(ChoiceColumn: i32);
crate::__holds_column!(BigIntColumn: i64);
crate::__holds_column!(DoubleColumn: f64);
