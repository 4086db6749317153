//! Many-to-many relationships: pairs of records.

use rusqlite::params;

use crate::error::Result;
use crate::schema::{Navigation, Schema};
use crate::session::Session;
use crate::store::{PAIRS_FIRST, PAIRS_SECOND, pairs_name};

/// Returns the two columns of a pair: first the column of the table with the navigation property.
pub(crate) fn sides(schema: &Schema, navigation: &Navigation) -> (&'static str, &'static str) {
    let Navigation::Association { intersect, mine, .. } = navigation else {
        return (PAIRS_FIRST, PAIRS_SECOND);
    };
    let association = schema.associations().iter().find(|each| each.intersect == *intersect);
    if association.is_some_and(|each| each.columns[0] == *mine) {
        (PAIRS_FIRST, PAIRS_SECOND)
    } else {
        (PAIRS_SECOND, PAIRS_FIRST)
    }
}

/// Adds a pair, unless it exists.
pub(crate) fn add(session: &Session<'_>, navigation: &Navigation, mine: &str, theirs: &str) -> Result<()> {
    change(session, navigation, mine, theirs, |pairs, first, second| {
        format!("INSERT OR IGNORE INTO {pairs} ({first}, {second}) VALUES (?1, ?2)")
    })
}

/// Removes a pair.
pub(crate) fn remove(session: &Session<'_>, navigation: &Navigation, mine: &str, theirs: &str) -> Result<()> {
    change(session, navigation, mine, theirs, |pairs, first, second| {
        format!("DELETE FROM {pairs} WHERE {first} = ?1 AND {second} = ?2")
    })
}

/// Runs a statement on a pair; `sql` gets the table of pairs and the columns of this side and the other one.
fn change(
    session: &Session<'_>,
    navigation: &Navigation,
    mine: &str,
    theirs: &str,
    sql: impl FnOnce(&str, &str, &str) -> String,
) -> Result<()> {
    let Navigation::Association { intersect, .. } = navigation else { return Ok(()) };
    let (first, second) = sides(session.schema, navigation);
    let sql = sql(&pairs_name(intersect), first, second);
    session.connection.prepare_cached(&sql)?.execute(params![mine, theirs])?;
    Ok(())
}

/// Removes all pairs of a record that is deleted.
pub(crate) fn forget(session: &Session<'_>, table: &str, id: &str) -> Result<()> {
    for association in session.schema.associations() {
        for (index, column) in [PAIRS_FIRST, PAIRS_SECOND].into_iter().enumerate() {
            if association.tables[index] == table {
                let sql = format!("DELETE FROM {} WHERE {column} = ?1", pairs_name(&association.intersect));
                session.connection.prepare_cached(&sql)?.execute([id])?;
            }
        }
    }
    Ok(())
}
