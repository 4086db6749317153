//! Text: string, memo and entity name columns.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Cell, KindSet, ReadValue, Value, ValueError, WriteValue, Written, written_as_itself};

/// How many strings [`SharedStrings`] remembers. A page repeats a few names (users, tables, labels) over and over.
const REMEMBERED: usize = 16;

/// How many places of the response are remembered. A page names few records, each where it met them first.
const PLACES: usize = 32;

/// Gives equal strings of one response one allocation, as far as they were met a short while ago.
#[derive(Debug, Default)]
pub struct SharedStrings {
    recent: Vec<Arc<str>>,
    next: usize,
    /// Where texts of the response were met, and which of the recent ones they are. A text that is not looked at again
    /// is the same as before only if it is the response's own, which does not change while it is read.
    met: [Option<(usize, usize, Arc<str>)>; PLACES],
}

impl SharedStrings {
    /// A shared copy of a text of the response: where it is the same place as before, nothing is compared.
    #[expect(clippy::ptr_arg, reason = "only a borrowed text has a place in the response")]
    pub(crate) fn share_of(&mut self, text: &Cow<'_, str>) -> Arc<str> {
        let Cow::Borrowed(text) = text else { return self.share(text) };
        let (address, length) = (text.as_ptr().addr(), text.len());
        let place = (address >> 3) % PLACES;
        if let Some((known_address, known_length, shared)) = &self.met[place]
            && (*known_address, *known_length) == (address, length)
        {
            return Arc::clone(shared);
        }
        let shared = self.share(text);
        self.met[place] = Some((address, length, Arc::clone(&shared)));
        shared
    }

    /// A shared copy of the text.
    pub(crate) fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.recent.iter().find(|known| &***known == text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(text);
        if self.recent.len() < REMEMBERED {
            self.recent.push(Arc::clone(&shared));
        } else {
            self.recent[self.next] = Arc::clone(&shared);
            self.next = (self.next + 1) % REMEMBERED;
        }
        shared
    }
}

/// The text of a cell. An image is text too, where its bytes are not wanted.
fn text<'c, 'de>(cell: Cell<'c, 'de>) -> Result<&'c Cow<'de, str>, ValueError> {
    match cell.value() {
        Value::Text(text) => Ok(text),
        other => Err(ValueError::new("a string", other)),
    }
}

const KINDS: KindSet = KindSet::TEXT.or(KindSet::IMAGE).or(KindSet::NO_PROPERTY);

impl ReadValue<'_> for String {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).map(|text| text.as_ref().to_owned())
    }
}

impl ReadValue<'_> for Box<str> {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).map(|text| text.as_ref().into())
    }
}

impl ReadValue<'_> for Arc<str> {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, '_>, strings: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).map(|text| strings.share_of(text))
    }
}

/// Borrows from the response where the text has no escapes.
impl<'de: 'a, 'a> ReadValue<'de> for Cow<'a, str> {
    const KINDS: KindSet = KINDS;

    fn read(cell: Cell<'_, 'de>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        text(cell).cloned()
    }
}

written_as_itself!(String, Box<str>, Arc<str>);

macro_rules! write_text {
    ($($type:ty),+) => {$(
        impl WriteValue for $type {
            fn written(&self) -> Written<'_> {
                Written::Value(Value::Text(Cow::Borrowed(self)))
            }
        }
    )+};
}

write_text!(String, Box<str>, Arc<str>);
