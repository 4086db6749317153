//! The stamp of the definitions that a database holds.

use rusqlite::{Connection, OptionalExtension};

/// Identifies one state of the definitions. No two states of a database have the same stamp, not even a state
/// that was rolled back and the one that followed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp(i64);

impl Stamp {
    /// The definitions with which the service was built.
    pub(super) const BASE: Self = Self(0);

    /// Returns the stamp of the definitions that the transaction sees.
    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let stamp = connection
            .prepare_cached(r#"SELECT value FROM "@counters" WHERE name = 'definitions'"#)?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(stamp.map_or(Self::BASE, Self))
    }

    /// Gives the definitions a new stamp.
    pub(super) fn renew(connection: &Connection) -> rusqlite::Result<Self> {
        let stamp = fastrand::i64(1..);
        connection
            .prepare_cached(r#"INSERT OR REPLACE INTO "@counters" (name, value) VALUES ('definitions', ?1)"#)?
            .execute([stamp])?;
        Ok(Self(stamp))
    }
}
