//! Short texts that need no place of their own.

use core::fmt;

/// The most bytes that fit.
const MOST: usize = 30;

/// A short text that JSON writes as it stands: a timestamp, a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    length: u8,
    bytes: [u8; MOST],
}

impl Brief {
    /// The text, if it is short, and of ASCII that needs no escapes.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
        if text.bytes().all(plain) { Self::of_ascii(text.as_bytes()) } else { None }
    }

    /// The same for a text that is known to be of such bytes.
    pub(super) fn of_ascii(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; MOST];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        u8::try_from(text.len()).ok().map(|length| Self { length, bytes })
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|text| core::str::from_utf8(text).ok())
            .unwrap_or_default()
    }
}

impl fmt::Debug for Brief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}
