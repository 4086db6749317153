//! Opens the database; its version numbers and settings.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, ffi, params};

use super::sql_functions;

/// The time that a write waits for the writes of other processes.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// The failures that committed data survives.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Durability {
    /// Only the end of the process.
    Process,
    /// Any failure of the process and the machine: the data is on the disk.
    Disk,
}

/// Returns the connection, with the functions and collations that the SQL of this crate uses.
pub(crate) fn open(file: &Path, durability: Durability) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.set_prepared_statement_cache_capacity(512);
    connection.busy_timeout(MAX_WAIT)?;
    refuse_foreign(&connection)?;
    let synchronous = match durability {
        Durability::Process => "OFF",
        Durability::Disk => "FULL",
    };
    // With a write-ahead log, reads run at the same time as a write.
    connection.execute_batch(&format!("PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};"))?;
    sql_functions::install(&connection)?;
    Ok(connection)
}

/// Refuses a database that has tables but none of the service's own, because it belongs to another program.
fn refuse_foreign(connection: &Connection) -> rusqlite::Result<()> {
    let (tables, own): (i64, i64) = connection.query_row(
        "SELECT count(*), count(*) FILTER (WHERE name = '@settings') FROM sqlite_master WHERE type = 'table'",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if tables == 0 || own > 0 {
        return Ok(());
    }
    let problem = "it holds the tables of another program; choose another file".to_owned();
    Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_NOTADB), Some(problem)))
}

/// Returns the next version number. Every change of a record takes one.
pub(crate) fn next_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(r#"UPDATE "@counters" SET value = value + 1 WHERE name = 'version' RETURNING value"#)?
        .query_row([], |row| row.get(0))
}

/// Returns the last version number that a change took.
pub(crate) fn current_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(r#"SELECT value FROM "@counters" WHERE name = 'version'"#)?
        .query_row([], |row| row.get(0))
}

/// Returns a setting of the service.
pub(crate) fn setting(connection: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(r#"SELECT value FROM "@settings" WHERE name = ?1"#)?
        .query_row([name], |row| row.get(0))
        .optional()
}

pub(crate) fn set_setting(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    connection.execute(
        r#"INSERT OR REPLACE INTO "@settings" (name, value) VALUES (?1, ?2)"#,
        params![name, value],
    )?;
    Ok(())
}
