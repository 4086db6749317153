//! What is told about bulk.

use dataverse_entity_core::message::Error;

/// What became of one message. Messages that were refused together have clones of one error.
pub type Outcome<R> = Result<R, Error>;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Progress {
    /// How many messages are through, those that failed counted.
    pub done: usize,
    /// How many of them failed.
    pub failed: usize,
    /// How many there are, where the iterator says it.
    pub total: Option<usize>,
}

impl Progress {
    /// Creates a progress, for tests of what is told about it.
    pub const fn new(done: usize, failed: usize, total: Option<usize>) -> Self {
        Self { done, failed, total }
    }
}
