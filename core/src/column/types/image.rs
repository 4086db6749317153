//! Images as bytes.

#![cfg(feature = "base64")]

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for Vec<u8> {
    const KINDS: KindSet = KindSet::IMAGE;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        let value = cell.value();
        match value {
            Value::Text(text) => STANDARD.decode(text.as_bytes()).ok(),
            _ => None,
        }
        .ok_or_else(|| ValueError::new("base64 text", value))
    }

    fn blank() -> Self {
        Self::new()
    }
}

crate::__written_as_itself!(Vec<u8>);

#[diagnostic::do_not_recommend]
impl WriteValue for Vec<u8> {
    fn written(&self) -> Written<'_> {
        Written::Value(Value::Text(Cow::Owned(STANDARD.encode(self))))
    }
}

crate::__holds_column!(ImageColumn: Vec<u8>);
