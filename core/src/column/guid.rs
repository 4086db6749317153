//! The GUID of a value.

use uuid::Uuid;

/// A GUID in two words. The compiler moves two words in two steps, but 16 bytes one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guid {
    words: (u64, u64),
}

impl Guid {
    pub(crate) fn new(uuid: Uuid) -> Self {
        Self { words: uuid.as_u64_pair() }
    }

    #[inline]
    pub(crate) const fn of_words(high: u64, low: u64) -> Self {
        Self { words: (high, low) }
    }

    #[inline]
    pub(crate) fn uuid(self) -> Uuid {
        Uuid::from_u64_pair(self.words.0, self.words.1)
    }
}
