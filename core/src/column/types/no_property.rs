//! Nothing: for attributes the Web API has no property for.

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

/// Stands for an attribute that the Web API has no property for, so that a struct can still declare it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NoProperty;

impl ReadValue<'_> for NoProperty {
    const KINDS: KindSet = KindSet::NO_PROPERTY;

    fn read(_: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        Ok(Self)
    }

    const HAS_ABSENT: bool = true;

    fn blank() -> Self {
        Self
    }
}

crate::__written_as_itself!(NoProperty);

impl WriteValue for NoProperty {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Null)
    }
}

crate::__holds_column!(NoPropertyColumn: NoProperty);
