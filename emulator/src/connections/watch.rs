//! Ends work that takes too long or whose caller is gone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Number of steps of SQLite's virtual machine between two checks whether to go on: about a millisecond.
const STEPS_BETWEEN_QUESTIONS: i32 = 20_000;

/// Cancels a request whose caller is gone. Clones cancel the same request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Ends the request at the next opportunity.
    #[cfg_attr(
        not(feature = "server"),
        allow(dead_code, reason = "in process the caller waits within the call")
    )]
    pub(crate) fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The request that a connection works on.
#[derive(Debug)]
struct Work {
    /// `None` if the limit is beyond the range of the clock.
    until: Option<Instant>,
    cancellation: Cancellation,
}

impl Work {
    fn is_over(&self) -> bool {
        self.cancellation.is_cancelled() || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// Watches the work of one connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch(Arc<Mutex<Option<Work>>>);

impl Watch {
    /// Installs a watch that `connection` checks while it works.
    pub(super) fn install(connection: &mut rusqlite::Connection) -> rusqlite::Result<Self> {
        let watch = Self::default();
        let asked = watch.clone();
        #[allow(clippy::unnecessary_mut_passed, reason = "rusqlite 0.39 takes a shared reference here")]
        connection.progress_handler(STEPS_BETWEEN_QUESTIONS, Some(move || asked.is_over()))?;
        Ok(watch)
    }

    pub(super) fn begin(&self, limit: Duration, cancellation: &Cancellation) {
        self.set(Some(Work { until: Instant::now().checked_add(limit), cancellation: cancellation.clone() }));
    }

    pub(super) fn end(&self) {
        self.set(None);
    }

    fn set(&self, work: Option<Work>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = work;
    }

    fn is_over(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(Work::is_over)
    }
}
