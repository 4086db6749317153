//! The service with its database and its clock.

use core::fmt;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::fault::Faults;
use super::{EmulatorError, Exchange, Fault};
use crate::connections::Connections;
use crate::definition_writes::Schemas;
use crate::limits::Limiter;
use crate::schema::DefinitionWarning;
use crate::session::Ids;

/// The address of the organization for in-process clients. Nothing is sent to it.
pub(super) const ADDRESS: &str = "https://emulator.crm.dynamics.com";

/// An embedded Dataverse Web API over SQLite. Clones are cheap and share one service.
///
/// ```
/// use dataverse_emulator::Emulator;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let emulator = Emulator::new();
/// let client = emulator.client();
/// let id = client.execute(SessionEvent::create().name("Accepted")).await?;
/// let event = client.execute(SessionEvent::retrieve(id)).await?;
/// assert_eq!(event.name.as_deref(), Some("Accepted"));
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Emulator {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) schemas: Schemas,
    pub(super) warnings: Vec<DefinitionWarning>,
    pub(super) strict: bool,
    /// The default user of connections.
    pub(super) user: String,
    pub(super) business_unit: String,
    pub(super) connections: Connections,
    pub(super) clock: Mutex<Clock>,
    pub(super) ids: Ids,
    pub(super) limiter: Option<Limiter>,
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

/// Locks a mutex, even a poisoned one: a panic while the lock was held left nothing half done.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Emulator {
    /// Returns the time of the service: the machine's, unless the clock was set.
    pub fn now(&self) -> Timestamp {
        lock(&self.inner.clock).now()
    }

    /// Stops the clock at this time.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// emulator.freeze_at("2026-03-04T09:00:00Z".parse()?);
    /// assert_eq!(emulator.now().to_string(), "2026-03-04T09:00:00Z");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn freeze_at(&self, time: Timestamp) {
        *lock(&self.inner.clock) = Clock::Fixed(time);
    }

    /// Moves the clock forward by a duration, and stops it there.
    ///
    /// ```
    /// use core::time::Duration;
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().clock("2026-03-04T09:00:00Z".parse()?).build()?;
    /// emulator.advance(Duration::from_secs(90));
    /// assert_eq!(emulator.now().to_string(), "2026-03-04T09:01:30Z");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn advance(&self, by: Duration) {
        let mut clock = lock(&self.inner.clock);
        let now = clock.now();
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        *clock = Clock::Fixed(now.checked_add(by).unwrap_or(Timestamp::MAX));
    }

    /// Returns an in-memory copy of all data, for [`restore`](Self::restore).
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

    /// Replaces all data with the data of a snapshot.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// let empty = emulator.snapshot()?;
    /// emulator.client().execute(SessionEvent::create().name("Accepted")).await?;
    /// emulator.restore(&empty)?;
    /// assert_eq!(emulator.client().execute(SessionEvent::count()).await?, 0);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if SQLite cannot copy the database.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), EmulatorError> {
        self.inner.connections.copy_from(&lock(&snapshot.copy)).map_err(EmulatorError::database)
    }

    /// Returns the last requests and their answers, oldest first, up to the number that
    /// [`EmulatorBuilder::trace_limit`](super::EmulatorBuilder::trace_limit) sets.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// emulator.client().execute(SessionEvent::create().name("Accepted")).await?;
    /// let sent = &emulator.trace()[0];
    /// assert_eq!((sent.method.as_str(), sent.request_body.as_ref()), ("POST", &br#"{"msdyn_name":"Accepted"}"#[..]));
    /// # Ok(()) }) }
    /// ```
    pub fn trace(&self) -> Vec<Exchange> {
        lock(&self.inner.trace).iter().cloned().collect()
    }

    /// Clears the trace.
    pub fn clear_trace(&self) {
        lock(&self.inner.trace).clear();
    }

    /// Injects a fault into later requests. If the conditions of several faults hold, the one that was
    /// injected first happens.
    ///
    /// ```
    /// use core::time::Duration;
    /// use dataverse_emulator::{Emulator, Fault};
    /// use dataverse_entity::message::WhoAmI;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// emulator.inject(Fault::throttle(Duration::ZERO).times(2));
    /// emulator.client().execute(WhoAmI).await?; // The client tries again.
    /// let statuses: Vec<_> = emulator.trace().iter().filter_map(|each| each.status).collect();
    /// assert_eq!(statuses, [429, 429, 200]);
    /// # Ok(()) }) }
    /// ```
    pub fn inject(&self, fault: Fault) {
        self.inner.faults.push(fault);
    }

    /// Removes all faults that have not happened yet.
    ///
    /// ```
    /// use dataverse_emulator::{Emulator, Fault};
    /// use dataverse_entity::message::WhoAmI;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// emulator.inject(Fault::unavailable().times(100));
    /// emulator.clear_faults();
    /// assert!(emulator.client().execute(WhoAmI).await.is_ok());
    /// # Ok(()) }) }
    /// ```
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
///
/// ```
/// use dataverse_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// let before = emulator.snapshot()?;
/// emulator.add_user("Ada Agent")?;
/// emulator.restore(&before)?;
/// # Ok::<_, dataverse_emulator::EmulatorError>(())
/// ```
pub struct Snapshot {
    copy: Mutex<rusqlite::Connection>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
