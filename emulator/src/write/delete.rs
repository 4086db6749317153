//! Deletions, and what they do to the records that refer to the deleted one.

use std::collections::HashSet;

use rusqlite::params;

use crate::error::{Refusal, Result};
use crate::schema::{OnDelete, Table};
use crate::session::Session;
use crate::sql::DELETE;
use crate::store::{next_version, quoted, table_name};

/// Deletes a record.
pub(crate) fn delete(session: &Session<'_>, table: &Table, id: &str) -> Result<()> {
    if crate::read::version_of(session, table, id)?.is_none() {
        return Err(Refusal::record_not_found(&table.logical_name, id));
    }
    session.need(DELETE, table, id)?;
    remove(session, table, id, &mut HashSet::new())
}

/// Deletes a record and whatever goes with it; `going` are the records that are being deleted already.
fn remove(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    going: &mut HashSet<(String, String)>,
) -> Result<()> {
    if !going.insert((table.logical_name.clone(), id.to_owned())) {
        return Ok(());
    }
    for dependent in &table.dependents {
        let other = session.table(&dependent.table)?;
        let Some(column) = other.column(&dependent.column).filter(|column| column.is_stored()) else {
            continue;
        };
        let (name, key) = (table_name(&other.logical_name), quoted(&other.primary_id));
        let (lookup, of) = (quoted(&column.logical_name), quoted(&format!("{}@type", column.logical_name)));
        let only = match dependent.on_delete {
            OnDelete::Nothing => continue,
            OnDelete::DeleteActive => match other.state() {
                Some(state) => format!("{} = {}", quoted(&state.logical_name), initial(other)),
                None => "1".to_owned(),
            },
            OnDelete::DeleteSameOwner if table.owner().is_some() && other.owner().is_some() => format!(
                "ownerid IS (SELECT o.ownerid FROM {} o WHERE o.{} = ?1)",
                table_name(&table.logical_name),
                quoted(&table.primary_id)
            ),
            _ => "1".to_owned(),
        };
        let sql = format!("SELECT {key} FROM {name} WHERE {lookup} = ?1 AND {of} = ?2 AND {only}");
        let mut statement = session.connection.prepare_cached(&sql)?;
        let ids: Vec<String> = statement
            .query_map(params![id, table.logical_name], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let left: Vec<&String> = ids
            .iter()
            .filter(|each| !going.contains(&(other.logical_name.clone(), (*each).clone())))
            .collect();
        match dependent.on_delete {
            OnDelete::Refuse if !left.is_empty() => return Err(Refusal::restricted(&other.logical_name)),
            OnDelete::Delete | OnDelete::DeleteActive | OnDelete::DeleteSameOwner => {
                for each in &ids {
                    remove(session, other, each, going)?;
                }
            }
            _ => {}
        }
        // Whatever still refers to the record refers to nothing now.
        let sql = format!("SELECT {key} FROM {name} WHERE {lookup} = ?1 AND {of} = ?2");
        let mut statement = session.connection.prepare_cached(&sql)?;
        let rest: Vec<String> = statement
            .query_map(params![id, table.logical_name], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for each in rest {
            let sql =
                format!("UPDATE {name} SET {lookup} = NULL, {of} = NULL, \"@version\" = ?2 WHERE {key} = ?1");
            let version = next_version(session.connection)?;
            session.connection.prepare_cached(&sql)?.execute(params![each, version])?;
            if other.column("versionnumber").is_some() {
                let sql = format!("UPDATE {name} SET versionnumber = ?2 WHERE {key} = ?1");
                session.connection.prepare_cached(&sql)?.execute(params![each, version])?;
            }
        }
    }
    crate::associations::forget(session, &table.logical_name, id)?;
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
        .execute(params![table.logical_name, id, version, since])?;
    Ok(())
}

fn initial(table: &Table) -> i64 {
    table.state().and_then(|state| state.kind.choices().iter().map(|choice| choice.value).min()).unwrap_or(0)
}
