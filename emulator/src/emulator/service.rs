//! The service with its database, its clock and its doors.

use core::fmt;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::fault::Faults;
use super::{EmulatorError, Exchange, Fault};
use crate::connections::Connections;
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
    pub(super) connections: Connections,
    pub(super) clock: Mutex<Clock>,
    pub(super) ids: Ids,
    pub(super) faults: Faults,
    pub(super) trace: Mutex<VecDeque<Exchange>>,
    pub(super) trace_limit: usize,
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

/// A panic while a lock is held leaves nothing half done.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Emulator {
    /// What time the service has.
    pub fn now(&self) -> Timestamp {
        lock(&self.inner.clock).now()
    }

    /// Stops the clock at this time.
    pub fn set_clock(&self, time: Timestamp) {
        *lock(&self.inner.clock) = Clock::Fixed(time);
    }

    /// Moves the clock on, and stops it there.
    pub fn advance(&self, by: Duration) {
        let mut clock = lock(&self.inner.clock);
        let now = clock.now();
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        *clock = Clock::Fixed(now.checked_add(by).unwrap_or(Timestamp::MAX));
    }

    /// A copy of all data, to come back to.
    ///
    /// # Errors
    ///
    /// SQLite could not copy the database.
    pub fn snapshot(&self) -> Result<Snapshot, EmulatorError> {
        let database = EmulatorError::database;
        let mut copy = rusqlite::Connection::open_in_memory().map_err(database)?;
        self.inner.connections.copy_to(&mut copy).map_err(database)?;
        Ok(Snapshot { copy: Mutex::new(copy) })
    }

    /// Makes all data what it was when the snapshot was taken.
    ///
    /// # Errors
    ///
    /// SQLite could not copy the database.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), EmulatorError> {
        self.inner.connections.copy_from(&lock(&snapshot.copy)).map_err(EmulatorError::database)
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
        self.inner.faults.push(fault);
    }

    /// Takes back all faults that have not happened yet.
    pub fn clear_faults(&self) {
        self.inner.faults.clear();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("user", &self.inner.user).finish_non_exhaustive()
    }
}

/// A copy of all data of an [`Emulator`].
pub struct Snapshot {
    copy: Mutex<rusqlite::Connection>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
