//! Yes or no.

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for bool {
    const KINDS: KindSet = KindSet::BOOLEAN;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        match cell.value() {
            Value::Boolean(value) => Ok(*value),
            other => Err(ValueError::new("`true` or `false`", other)),
        }
    }

    fn blank() -> Self {
        false
    }
}

crate::__written_as_itself!(bool);

#[diagnostic::do_not_recommend]
impl WriteValue for bool {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Boolean(*self))
    }
}

crate::__holds_column!(BooleanColumn: bool);
