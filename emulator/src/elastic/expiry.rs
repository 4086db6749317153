//! Time to live: a row expires a number of seconds after its last change.

use crate::error::Result;
use crate::schema::TIME_TO_LIVE;
use crate::schema::Table;
use crate::session::Session;
use crate::store::{CHANGED, quoted, table_name};

/// Returns the condition that a row has not expired; `now` is SQL, in seconds since 1970. `None` if rows of
/// the table do not expire.
pub(crate) fn live(table: &Table, alias: &str, now: impl FnOnce() -> String) -> Option<String> {
    if !table.elastic {
        return None;
    }
    let (changed, seconds) = (quoted(CHANGED), quoted(TIME_TO_LIVE));
    let now = now();
    Some(format!("(coalesce({alias}.{seconds}, 0) <= 0 OR {alias}.{changed} + {alias}.{seconds} > {now})"))
}

/// Deletes the rows that have expired.
pub(crate) fn forget_expired(session: &Session<'_>) -> Result<()> {
    for table in session.schema.tables() {
        let Some(live) = live(table, "r", || "?1".to_owned()) else { continue };
        let name = table_name(&table.logical_name);
        let sql = format!("SELECT r.{} FROM {name} r WHERE NOT {live}", quoted(&table.primary_id));
        let mut statement = session.connection.prepare_cached(&sql)?;
        let ids = statement.query_map([session.now.div_euclid(1_000_000)], |row| row.get(0))?;
        let ids: Vec<String> = ids.collect::<rusqlite::Result<_>>()?;
        for id in ids {
            crate::write::remove(session, table, &id)?;
        }
    }
    Ok(())
}
