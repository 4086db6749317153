//! The database: how it is opened, its version numbers and its settings.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::sql_functions;

/// The connection, with the functions and collations that the SQL of this crate uses.
pub(crate) fn open(path: Option<&Path>) -> rusqlite::Result<Connection> {
    let connection = match path {
        Some(path) => Connection::open(path)?,
        None => Connection::open_in_memory()?,
    };
    connection.set_prepared_statement_cache_capacity(512);
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // What was acknowledged is on the disk, whatever happens to the process.
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    sql_functions::install(&connection)?;
    Ok(connection)
}

/// The next version number: every change of a record takes one.
pub(crate) fn next_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(r#"UPDATE "@counters" SET value = value + 1 WHERE name = 'version' RETURNING value"#)?
        .query_row([], |row| row.get(0))
}

/// The version number that was given out last.
pub(crate) fn current_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(r#"SELECT value FROM "@counters" WHERE name = 'version'"#)?
        .query_row([], |row| row.get(0))
}

/// A text that the service keeps about itself.
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
