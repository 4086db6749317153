//! What bulk reports: an outcome for each message, and its progress.

use core::time::Duration;

use dataverse_entity_core::message::Error;

/// The outcome of one message. Messages that were refused together have clones of one error.
pub type Outcome<R> = Result<R, Error>;

/// The progress of a bulk run, as [`Bulk::on_progress`](crate::Bulk::on_progress) reports it.
///
/// ```
/// use dataverse_entity::client::Progress;
///
/// fn line(progress: Progress) -> String {
///     let total = progress.total.map_or_else(|| "?".to_owned(), |total| total.to_string());
///     format!("{} of {total}, {} failed", progress.done, progress.failed)
/// }
/// assert_eq!(line(Progress::new(200, 3, Some(1_000))), "200 of 1000, 3 failed");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Number of messages that have an outcome, whether they succeeded or failed.
    pub done: usize,
    /// Number of messages that failed.
    pub failed: usize,
    /// Number of all messages; `None` if the iterator does not know its length.
    pub total: Option<usize>,
    /// Time until the client sends again, if Dataverse has just made it pause; `None` after a chunk.
    pub paused_for: Option<Duration>,
}

impl Progress {
    /// Creates a progress, for tests of code that shows one.
    pub const fn new(done: usize, failed: usize, total: Option<usize>) -> Self {
        Self { done, failed, total, paused_for: None }
    }
}
