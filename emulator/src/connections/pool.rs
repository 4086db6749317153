//! The pool: one connection that writes, and one for each request that reads.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Transaction, TransactionBehavior};
use tempfile::TempDir;

use super::callers::Cache;
use super::watch::{Cancellation, Watch};
use crate::definition_writes::{Schemas, Stamp};
use crate::error::Result;
use crate::principals::Impersonated;
use crate::schema::Schema;
use crate::session::Caller;
use crate::store::{self, Durability};

/// Maximum number of connections that are kept for later reads.
const MAX_IDLE_READERS: usize = 16;

/// The connections to one database. Reads run at the same time as other reads and one write. Writes run one
/// after the other, including those of other processes.
#[derive(Debug)]
pub(crate) struct Connections {
    // Fields drop in order: the connections close before their folder is deleted.
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    place: Place,
    time_limit: Duration,
}

/// The file of the data.
#[derive(Debug)]
pub(crate) struct Place {
    file: PathBuf,
    durability: Durability,
    _folder: Option<TempDir>,
}

impl Place {
    /// Returns a file that outlives the service.
    pub(crate) fn file(file: PathBuf) -> Self {
        Self { file, durability: Durability::Disk, _folder: None }
    }

    /// Returns a file in a temporary folder, which is deleted with this value. A database in memory would not
    /// do: SQLite allows no read during a write to it.
    pub(crate) fn temporary() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("dataverse-emulator-").tempdir()?;
        let file = folder.path().join("data.db");
        Ok(Self { file, durability: Durability::Process, _folder: Some(folder) })
    }
}

/// One connection within a transaction.
#[derive(Debug)]
pub(crate) struct Connection {
    sql: rusqlite::Connection,
    watch: Watch,
    /// `None` for the writer: SQLite's `data_version` counts only the changes of other connections.
    cache: Option<Cache>,
}

impl Connections {
    /// Opens the database. Requests end after the time limit.
    pub(crate) fn open(place: Place, time_limit: Duration) -> rusqlite::Result<Self> {
        let writer = Connection::open(&place, None)?;
        Ok(Self { writer: Mutex::new(writer), readers: Mutex::default(), place, time_limit })
    }

    /// Runs `work` in a read transaction, so that it sees the same data throughout.
    pub(crate) fn read<T>(
        &self,
        cancellation: &Cancellation,
        work: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Connection::open(&self.place, Some(Cache::default()))?,
        };
        let done = {
            let _watching = reader.watched(self.time_limit, cancellation);
            let transaction = Transaction::new_unchecked(&reader.sql, TransactionBehavior::Deferred)?;
            if let Some(cache) = &reader.cache {
                cache.refresh(&reader.sql)?;
            }
            let done = work(&reader);
            transaction.finish()?;
            done
        };
        let mut readers = lock(&self.readers);
        if readers.len() < MAX_IDLE_READERS {
            readers.push(reader);
        }
        done
    }

    /// Runs `work` in a write transaction: keeps all of it if it succeeds, and nothing if it fails, panics,
    /// or the disk is full. `failed` turns SQLite's error into the caller's. Work without a cancellation is
    /// the emulator's own and has no time limit.
    pub(crate) fn write<T, E>(
        &self,
        cancellation: Option<&Cancellation>,
        failed: impl Fn(rusqlite::Error) -> E,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let writer = lock(&self.writer);
        let _watching = cancellation.map(|cancellation| writer.watched(self.time_limit, cancellation));
        let transaction =
            Transaction::new_unchecked(&writer.sql, TransactionBehavior::Immediate).map_err(&failed)?;
        let done = work(&writer)?;
        transaction.commit().map_err(&failed)?;
        Ok(done)
    }

    /// Copies all data to another database.
    pub(crate) fn copy_to(&self, copy: &mut rusqlite::Connection) -> rusqlite::Result<()> {
        copy_all(&lock(&self.writer).sql, copy)
    }

    /// Replaces all data with that of another database.
    pub(crate) fn copy_from(&self, copy: &rusqlite::Connection) -> rusqlite::Result<()> {
        copy_all(copy, &mut lock(&self.writer).sql)
    }
}

impl Connection {
    fn open(place: &Place, cache: Option<Cache>) -> rusqlite::Result<Self> {
        let mut sql = store::open(&place.file, place.durability)?;
        let watch = Watch::install(&mut sql)?;
        Ok(Self { sql, watch, cache })
    }

    /// SQLite's connection.
    pub(crate) fn sql(&self) -> &rusqlite::Connection {
        &self.sql
    }

    /// Returns the caller: the user of the connection, or the one that a header names.
    pub(crate) fn caller(
        &self,
        schema: &Schema,
        user: &str,
        impersonated: Option<Impersonated<'_>>,
    ) -> Result<Caller> {
        let read = || crate::principals::caller(&self.sql, schema, user, impersonated);
        match &self.cache {
            // Acting for others is rare, so those callers are not cached.
            Some(cache) if impersonated.is_none() => cache.caller(user, read),
            _ => read(),
        }
    }

    /// Returns the schema that the transaction sees.
    pub(crate) fn schema(&self, schemas: &Schemas) -> Result<Arc<Schema>> {
        match &self.cache {
            Some(cache) => cache.schema(&self.sql, schemas),
            None => schemas.at(&self.sql, Stamp::read(&self.sql)?),
        }
    }

    /// Watches the work of the connection until the guard is dropped.
    fn watched(&self, time_limit: Duration, cancellation: &Cancellation) -> Watching<'_> {
        self.watch.begin(time_limit, cancellation);
        Watching(&self.watch)
    }
}

struct Watching<'a>(&'a Watch);

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

fn copy_all(from: &rusqlite::Connection, to: &mut rusqlite::Connection) -> rusqlite::Result<()> {
    Backup::new(from, to)?.run_to_completion(10_000, Duration::ZERO, None)
}

/// Locks a mutex, even a poisoned one: a panic while the lock was held rolled its transaction back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
