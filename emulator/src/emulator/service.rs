//! The service with its database and its clock.

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

/// The address of the organization for in-process clients. They send nothing there.
pub(super) const ADDRESS: &str = "https://emulator.crm.dynamics.com";

/// An embedded Dataverse. Clones are cheap and share one service.
#[derive(Clone)]
pub struct Emulator {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) schema: Schema,
    pub(super) strict: bool,
    /// The default user of connections.
    pub(super) user: String,
    pub(super) business_unit: String,
    pub(super) connections: Connections,
    pub(super) clock: Mutex<Clock>,
    pub(super) ids: Ids,
    pub(super) faults: Faults,
    pub(super) trace: Mutex<VecDeque<Exchange>>,
    pub(super) trace_limit: usize,
}

/// The clock of the service.
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
    /// Returns the time of the service: that of the machine, unless the clock was set.
    pub fn now(&self) -> Timestamp {
        lock(&self.inner.clock).now()
    }

    /// Stops the clock at this time.
    pub fn freeze_at(&self, time: Timestamp) {
        *lock(&self.inner.clock) = Clock::Fixed(time);
    }

    /// Moves the clock forward by a duration, and stops it there.
    pub fn advance(&self, by: Duration) {
        let mut clock = lock(&self.inner.clock);
        let now = clock.now();
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        *clock = Clock::Fixed(now.checked_add(by).unwrap_or(Timestamp::MAX));
    }

    /// Returns a copy of all data for [`restore`](Self::restore), which lives in memory.
    ///
    /// # Errors
    ///
    /// Returns an error if SQLite cannot copy the database.
    pub fn snapshot(&self) -> Result<Snapshot, EmulatorError> {
        let database = EmulatorError::database;
        let mut copy = rusqlite::Connection::open_in_memory().map_err(database)?;
        self.inner.connections.copy_to(&mut copy).map_err(database)?;
        Ok(Snapshot { copy: Mutex::new(copy) })
    }

    /// Replaces all data by that of a snapshot.
    ///
    /// # Errors
    ///
    /// Returns an error if SQLite cannot copy the database.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), EmulatorError> {
        self.inner.connections.copy_from(&lock(&snapshot.copy)).map_err(EmulatorError::database)
    }

    /// Returns the last requests and their answers, oldest first: as many as [`EmulatorBuilder::trace_limit`](super::EmulatorBuilder::trace_limit) keeps.
    pub fn trace(&self) -> Vec<Exchange> {
        lock(&self.inner.trace).iter().cloned().collect()
    }

    /// Clears the trace.
    pub fn clear_trace(&self) {
        lock(&self.inner.trace).clear();
    }

    /// Injects a fault into later requests. Of several faults, the first injected one whose condition holds happens.
    pub fn inject(&self, fault: Fault) {
        self.inner.faults.push(fault);
    }

    /// Removes all faults that have not happened yet.
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
