//! Deletions and their cascades.

use std::collections::HashSet;

use rusqlite::params;

use crate::error::{Refusal, Result};
use crate::row_id::guid_of;
use crate::schema::{OnDelete, Table};
use crate::session::Session;
use crate::sql::DELETE;
use crate::store::{next_version, quoted, table_name};

/// Deletes a record.
pub(crate) fn delete(session: &Session<'_>, table: &Table, id: &str) -> Result<()> {
    if crate::read::version_of(session, table, id)?.is_none() {
        return Err(Refusal::record_not_found(&table.logical_name, id));
    }
    session.require(DELETE, table, id)?;
    crate::principals::require_changeable(session, table, id)?;
    let going = all_that_go(session, table, id)?;
    refuse(session, &going)?;
    for (name, id) in &going.list {
        let table = session.table(name)?;
        clear(session, table, id, &going)?;
        crate::associations::forget(session, name, id)?;
        remove(session, table, id)?;
    }
    Ok(())
}

/// The records to delete together, in the order in which they were found.
#[derive(Default)]
struct Going {
    list: Vec<(String, String)>,
    known: HashSet<(String, String)>,
}

impl Going {
    fn add(&mut self, table: &str, id: String) {
        let record = (table.to_owned(), id);
        if self.known.insert(record.clone()) {
            self.list.push(record);
        }
    }

    fn has(&self, table: &str, id: &str) -> bool {
        self.known.contains(&(table.to_owned(), id.to_owned()))
    }
}

/// Returns a record and those deleted with it. Uses a list instead of recursion, because a chain of records
/// may be long.
fn all_that_go(session: &Session<'_>, table: &Table, id: &str) -> Result<Going> {
    let mut going = Going::default();
    going.add(&table.logical_name, id.to_owned());
    let mut next = 0;
    while let Some((name, id)) = going.list.get(next).cloned() {
        next += 1;
        let table = session.table(&name)?;
        for dependent in &table.dependents {
            let other = session.table(&dependent.table)?;
            let only = match dependent.on_delete {
                OnDelete::Delete => "1".to_owned(),
                OnDelete::DeleteActive => match other.state() {
                    Some(state) => format!("{} = {}", quoted(&state.logical_name), initial(other)),
                    None => "1".to_owned(),
                },
                OnDelete::DeleteSameOwner if table.owner().is_some() && other.owner().is_some() => format!(
                    "ownerid IS (SELECT o.ownerid FROM {} o WHERE o.{} = ?1)",
                    table_name(&table.logical_name),
                    quoted(&table.primary_id)
                ),
                OnDelete::DeleteSameOwner => "1".to_owned(),
                OnDelete::Nothing | OnDelete::Clear | OnDelete::Refuse => continue,
            };
            for each in referring(session, table, &id, other, &dependent.column, &only)? {
                going.add(&other.logical_name, each);
            }
        }
    }
    Ok(going)
}

/// Returns the records of another table whose lookup names a record.
fn referring(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    other: &Table,
    column: &str,
    only: &str,
) -> Result<Vec<String>> {
    if other.column(column).is_none_or(|column| !column.is_stored()) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {} FROM {} WHERE {} = ?1 AND {} = ?2 AND {only}",
        quoted(&other.primary_id),
        table_name(&other.logical_name),
        quoted(column),
        quoted(&format!("{column}@type"))
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let ids = statement.query_map(params![id, table.logical_name], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Refuses a deletion that a remaining record restricts.
fn refuse(session: &Session<'_>, going: &Going) -> Result<()> {
    for (name, id) in &going.list {
        let table = session.table(name)?;
        for dependent in table.dependents.iter().filter(|each| each.on_delete == OnDelete::Refuse) {
            let other = session.table(&dependent.table)?;
            let referring = referring(session, table, id, other, &dependent.column, "1")?;
            if referring.iter().any(|each| !going.has(&other.logical_name, each)) {
                return Err(Refusal::restricted(&other.logical_name));
            }
        }
    }
    Ok(())
}

/// Clears the lookups of the remaining records.
fn clear(session: &Session<'_>, table: &Table, id: &str, going: &Going) -> Result<()> {
    for dependent in table.dependents.iter().filter(|each| each.on_delete != OnDelete::Nothing) {
        let other = session.table(&dependent.table)?;
        for each in referring(session, table, id, other, &dependent.column, "1")? {
            if going.has(&other.logical_name, &each) {
                continue;
            }
            let version = next_version(session.connection)?;
            let number = other.column("versionnumber").map_or("", |_| ", versionnumber = ?2");
            let sql = format!(
                "UPDATE {} SET {} = NULL, {} = NULL, \"@version\" = ?2{number} WHERE {} = ?1",
                table_name(&other.logical_name),
                quoted(&dependent.column),
                quoted(&format!("{}@type", dependent.column)),
                quoted(&other.primary_id)
            );
            session.connection.prepare_cached(&sql)?.execute(params![each, version])?;
        }
    }
    Ok(())
}

/// Deletes the row, and stores a tombstone for change tracking.
pub(crate) fn remove(session: &Session<'_>, table: &Table, id: &str) -> Result<()> {
    session
        .connection
        .prepare_cached(r#"DELETE FROM "@shares" WHERE (entity = ?1 AND record = ?2) OR principal = ?2"#)?
        .execute(params![table.logical_name, id])?;
    let (name, key) = (table_name(&table.logical_name), quoted(&table.primary_id));
    let sql = format!("DELETE FROM {name} WHERE {key} = ?1 RETURNING \"@since\"");
    let since: i64 = session.connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0))?;
    let version = next_version(session.connection)?;
    session
        .connection
        .prepare_cached(r#"INSERT INTO "@deleted" (entity, id, version, since) VALUES (?1, ?2, ?3, ?4)"#)?
        .execute(params![table.logical_name, guid_of(id), version, since])?;
    Ok(())
}

fn initial(table: &Table) -> i64 {
    table.state().and_then(|state| state.kind.choices().iter().map(|choice| choice.value).min()).unwrap_or(0)
}
