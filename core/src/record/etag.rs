//! Etags, byte for byte.

use core::fmt;

/// The maximum length of an etag without an allocation. Dataverse's etags are the version of the row:
/// `W/"12345678"`.
const MAX_SHORT: usize = 22;

/// An etag. Only long etags need an allocation.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Etag {
    Short { length: u8, bytes: [u8; MAX_SHORT] },
    Long(Box<str>),
}

impl Etag {
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = [0; MAX_SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(short), Ok(length)) => {
                short.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(text.into()),
        }
    }

    /// Returns the weak etag of a version; `None` if the etag is long.
    #[inline]
    pub(super) fn weak(version: &[u8]) -> Option<Self> {
        let length = version.len() + 4;
        let mut bytes = [0; MAX_SHORT];
        let short = bytes.get_mut(..length)?;
        short[..3].copy_from_slice(b"W/\"");
        short[3..length - 1].copy_from_slice(version);
        short[length - 1] = b'"';
        u8::try_from(length).ok().map(|length| Self::Short { length, bytes })
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            // The bytes came from a `str`.
            Self::Short { length, bytes } => {
                let text = bytes.get(..usize::from(*length)).map(core::str::from_utf8);
                text.and_then(Result::ok).unwrap_or_default()
            }
            Self::Long(text) => text,
        }
    }
}

impl fmt::Debug for Etag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}
