//! Text: string, memo and entity name columns.

use std::borrow::Cow;
use std::sync::Arc;

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

/// Returns the text of a cell. An image read into text is the base64 text.
fn text<'c, 'de>(cell: Cell<'c, 'de>) -> Result<&'c Cow<'de, str>, ValueError> {
    match cell.value() {
        Value::Text(text) => Ok(text),
        other => Err(ValueError::new("a string", other)),
    }
}

const KINDS: KindSet = KindSet::TEXT.or(KindSet::IMAGE).or(KindSet::NO_PROPERTY);

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for String {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).map(|text| text.as_ref().to_owned())
    }

    fn blank() -> Self {
        Self::new()
    }
}

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for Box<str> {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).map(|text| text.as_ref().into())
    }

    fn blank() -> Self {
        Self::default()
    }
}

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for Arc<str> {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        match cell.held().share(strings) {
            Some(text) => Ok(text),
            None => Err(ValueError::new("a string", cell.value())),
        }
    }

    fn blank() -> Self {
        Self::default()
    }
}

/// Borrows from the response if the text has no escapes.
#[diagnostic::do_not_recommend]
impl<'de: 'a, 'a> ReadValue<'de> for Cow<'a, str> {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, 'de>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).cloned()
    }

    fn blank() -> Self {
        Cow::Borrowed("")
    }
}

crate::__written_as_itself!(String, Box<str>, Arc<str>);

macro_rules! write_text {
    ($($type:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl WriteValue for $type {
            fn written(&self) -> Written<'_> {
                Written::Value(Value::Text(Cow::Borrowed(self)))
            }
        }
    )+};
}

write_text!(String, Box<str>, Arc<str>);

crate::__holds_column!(TextColumn: String, Box<str>, Arc<str>);
crate::__holds_column!(ImageColumn: String, Box<str>, Arc<str>);
crate::__holds_column!(NoPropertyColumn: String, Box<str>, Arc<str>);
