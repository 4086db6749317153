//! What bulk reports: an outcome for each message, and its progress.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use dataverse_entity_core::message::Error;
use futures_core::Stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::time::Instant;

use super::bulk::Tell;

/// The outcome of one message. Messages that were refused together have clones of one error.
pub type Outcome<R> = Result<R, Error>;

/// The outcomes of a bulk run, in the order of the messages, as a stream.
/// [`Bulk::create_stream`](crate::Bulk::create_stream) and its siblings return one.
///
/// The run goes on only while the stream is polled. If the caller takes outcomes slowly, the run sends slowly:
/// it holds at most four chunks for each request that may be under way. Dropping the stream ends the run; it is
/// then unknown whether Dataverse carries out the chunks that were under way.
#[must_use = "a stream does nothing until it is polled"]
pub struct BulkOutcomes<'a, R>(pub(super) BoxStream<'a, Outcome<R>>);

impl<R> Stream for BulkOutcomes<'_, R> {
    type Item = Outcome<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<R> fmt::Debug for BulkOutcomes<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkOutcomes").finish_non_exhaustive()
    }
}

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
    /// Time since the start of the run.
    pub elapsed: Duration,
}

impl Progress {
    /// Creates a progress, for tests of code that shows one.
    pub const fn new(done: usize, failed: usize, total: Option<usize>) -> Self {
        Self { done, failed, total, paused_for: None, elapsed: Duration::ZERO }
    }

    /// Sets the time since the start of the run, for tests of code that shows it.
    #[must_use]
    pub const fn after(mut self, elapsed: Duration) -> Self {
        self.elapsed = elapsed;
        self
    }

    /// Returns the number of messages per second since the start, pauses included; `None` at the start.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use dataverse_entity::client::Progress;
    ///
    /// let progress = Progress::new(200, 3, Some(1_000)).after(Duration::from_secs(4));
    /// assert_eq!(progress.per_second(), Some(50.0));
    /// assert_eq!(progress.time_left(), Some(Duration::from_secs(16)));
    /// ```
    pub fn per_second(&self) -> Option<f64> {
        let seconds = self.elapsed.as_secs_f64();
        (seconds > 0.0).then(|| self.done as f64 / seconds)
    }

    /// Returns the time that the rest takes at the rate so far; `None` if the number of messages is not known,
    /// or if none has an outcome.
    pub fn time_left(&self) -> Option<Duration> {
        let rest = self.total?.saturating_sub(self.done);
        let rate = self.per_second().filter(|rate| *rate > 0.0)?;
        Duration::try_from_secs_f64(rest as f64 / rate).ok()
    }
}

/// Those whom a run tells of its progress.
pub(super) struct Watch {
    tell: Vec<Tell>,
    started: Instant,
}

impl Watch {
    pub(super) fn new(tell: Vec<Tell>) -> Self {
        Self { tell, started: Instant::now() }
    }

    pub(super) fn start(&self, total: Option<usize>) -> Progress {
        Progress { total, ..Progress::default() }
    }

    pub(super) fn tell(&mut self, progress: &mut Progress, paused_for: Option<Duration>) {
        progress.paused_for = paused_for;
        progress.elapsed = self.started.elapsed();
        self.tell.iter_mut().for_each(|tell| tell(*progress));
    }
}
