//! The service with its database, its clock and its doors.

use core::fmt;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::{EmulatorError, Exchange, Fault};
use crate::schema::Schema;
use crate::session::Ids;

/// The address that in-process clients give the service. Nothing is sent there.
pub(super) const ADDRESS: &str = "https://emulator.crm.dynamics.com";

/// An embedded Dataverse. Cloning it is cheap: clones are the same service.
#[derive(Clone)]
pub struct Emulator {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) schema: Schema,
    pub(super) strict: bool,
    /// The user of the connections that do not say otherwise.
    pub(super) user: String,
    pub(super) business_unit: String,
    pub(super) state: Mutex<LiveState>,
    pub(super) faults: Mutex<Vec<Fault>>,
    pub(super) trace: Mutex<VecDeque<Exchange>>,
    pub(super) trace_limit: usize,
}

/// What changes from request to request.
pub(super) struct LiveState {
    pub(super) connection: Connection,
    pub(super) clock: Clock,
    pub(super) ids: Ids,
}

/// What time it is.
pub(super) enum Clock {
    System,
    Fixed(Timestamp),
}

impl Clock {
    pub(super) fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(time) => *time,
        }
    }
}

/// A panic while a lock is held leaves nothing half done: SQLite rolls back.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Emulator {
    /// What time the service has.
    pub fn now(&self) -> Timestamp {
        lock(&self.inner.state).clock.now()
    }

    /// Stops the clock at this time.
    pub fn set_clock(&self, time: Timestamp) {
        lock(&self.inner.state).clock = Clock::Fixed(time);
    }

    /// Moves the clock on, and stops it there.
    pub fn advance(&self, by: Duration) {
        let mut state = lock(&self.inner.state);
        let now = state.clock.now();
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        state.clock = Clock::Fixed(now.checked_add(by).unwrap_or(Timestamp::MAX));
    }

    /// A copy of all data, to come back to.
    ///
    /// # Errors
    ///
    /// SQLite could not copy the database.
    pub fn snapshot(&self) -> Result<Snapshot, EmulatorError> {
        let mut copy = Connection::open_in_memory()?;
        copy_all(&lock(&self.inner.state).connection, &mut copy)?;
        Ok(Snapshot { copy: Mutex::new(copy) })
    }

    /// Makes all data what it was when the snapshot was taken.
    ///
    /// # Errors
    ///
    /// SQLite could not copy the database.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), EmulatorError> {
        copy_all(&lock(&snapshot.copy), &mut lock(&self.inner.state).connection)
    }

    /// The last requests and their answers, oldest first. [`Builder::trace`](super::Builder::trace) says how many are kept.
    pub fn trace(&self) -> Vec<Exchange> {
        lock(&self.inner.trace).iter().cloned().collect()
    }

    /// Forgets the requests so far.
    pub fn clear_trace(&self) {
        lock(&self.inner.trace).clear();
    }

    /// Lets something go wrong.
    pub fn inject(&self, fault: Fault) {
        lock(&self.inner.faults).push(fault);
    }

    /// Takes back all faults that have not happened yet.
    pub fn clear_faults(&self) {
        lock(&self.inner.faults).clear();
    }
}

fn copy_all(from: &Connection, to: &mut Connection) -> Result<(), EmulatorError> {
    Backup::new(from, to)?.run_to_completion(10_000, Duration::ZERO, None)?;
    Ok(())
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("user", &self.inner.user).finish_non_exhaustive()
    }
}

/// A copy of all data of an [`Emulator`].
pub struct Snapshot {
    copy: Mutex<Connection>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
