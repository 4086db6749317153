//! Updates of existing records.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::body::Draft;
use super::row::{Cells, refused};
use super::state::{agree, default_status, integer, may_follow};
use super::{create, delete, money};
use crate::error::{Refusal, Result};
use crate::rights::Privilege;
use crate::row_id::{guid_of, row_id};
use crate::schema::PARTITION;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::sql::WRITE;
use crate::store::{next_version, quoted, table_name};

/// Updates a record.
pub(crate) fn update(session: &Session<'_>, id: &str, mut draft: Draft<'_>) -> Result<()> {
    let table = draft.table;
    if crate::read::version_of(session, table, id)?.is_none() {
        return Err(Refusal::record_not_found(&table.logical_name, id));
    }
    if let Some(other) = &draft.id
        && other != guid_of(id)
        && session.strict
    {
        return Err(Refusal::ignored(&table.primary_id, &table.logical_name, "update"));
    }
    crate::principals::require_changeable(session, table, id)?;
    session.require_references(table, id, &draft.references())?;
    if table.elastic {
        keep_partition(id, &mut draft)?;
    }
    let mut cells = Cells(Vec::new());
    cells.take(&mut draft);
    let owner = match (cells.get("ownerid@type"), cells.get("ownerid")) {
        (Some(Value::Text(of)), Some(Value::Text(owner))) if table.owner().is_some() => {
            Some((of.clone(), owner.clone()))
        }
        _ => None,
    };
    // Assigning needs its own right; any other column needs Write.
    let only_owner =
        owner.is_some() && cells.0.iter().all(|(name, _)| name == "ownerid" || name == "ownerid@type");
    if owner.is_some() {
        session.require(Privilege::Assign, table, id)?;
    }
    if !only_owner {
        session.require(WRITE, table, id)?;
    }
    let moves =
        crate::principals::require_move(session, table, cells.0.iter().map(|(name, _)| name.as_str()))?;
    state(session, table, id, &mut cells)?;
    if let Some((of, owner)) = owner {
        session.require_owner(table, &of, &owner)?;
        cells.own(session, table, (&of, &owner))?;
    }
    money::settle(session, table, Some(id), &mut cells)?;
    cells.stamp(session, table, "modified");
    write(session, table, id, cells)?;
    if let Some(Navigation::Many { table: parties, column, .. }) = draft.replaced {
        let parties = session.table(parties)?;
        for party in members(session, parties, column, id)? {
            delete::remove(session, parties, &party)?;
        }
        create::members(session, table, id, core::mem::take(&mut draft.after))?;
    }
    if moves { crate::principals::moved(session, table, id) } else { Ok(()) }
}

/// Returns the records whose lookup names this one.
fn members(session: &Session<'_>, table: &Table, column: &str, id: &str) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT {} FROM {} WHERE {} = ?1",
        quoted(&table.primary_id),
        table_name(&table.logical_name),
        quoted(column)
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let members = statement.query_map([id], |row| row.get(0))?;
    Ok(members.collect::<rusqlite::Result<_>>()?)
}

/// Refuses to change the partition id, which is part of the row's id.
fn keep_partition(id: &str, draft: &mut Draft<'_>) -> Result<()> {
    if let Some(partition) = draft.partition()
        && row_id(guid_of(id), Some(partition)) != id
    {
        let message = format!("The partition id of a row cannot be changed to '{partition}'.");
        return Err(Refusal::bad(message));
    }
    draft.cells.retain(|(column, _)| column.logical_name != PARTITION);
    Ok(())
}

/// Sets the state or status that belongs to the changed one.
fn state(session: &Session<'_>, table: &Table, id: &str, cells: &mut Cells) -> Result<()> {
    let (Some(state_column), Some(status_column)) = (table.state(), table.status()) else { return Ok(()) };
    let (state_name, status_name) = (&state_column.logical_name, &status_column.logical_name);
    agreed(session, table, id, (state_name, status_name), cells)?;
    match (current(session, table, id, status_name)?, integer(cells.get(status_name))) {
        (Some(from), Some(to)) => may_follow(table, id, from, to),
        _ => Ok(()),
    }
}

/// Adds the default status to a state without a status, and checks that a status belongs to its state.
fn agreed(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    (state_name, status_name): (&str, &str),
    cells: &mut Cells,
) -> Result<()> {
    match (integer(cells.get(state_name)), integer(cells.get(status_name))) {
        (None, None) => Ok(()),
        (Some(state), Some(status)) => agree(table, id, state, status),
        (Some(state), None) => {
            cells.set(status_name, default_status(table, state).map_or(Value::Null, Value::Integer));
            Ok(())
        }
        (None, Some(status)) => match current(session, table, id, state_name)? {
            Some(state) => agree(table, id, state, status),
            None => Ok(()),
        },
    }
}

fn current(session: &Session<'_>, table: &Table, id: &str, column: &str) -> Result<Option<i64>> {
    let sql = format!(
        "SELECT {} FROM {} WHERE {} = ?1",
        quoted(column),
        table_name(&table.logical_name),
        quoted(&table.primary_id)
    );
    let value: Option<Option<i64>> =
        session.connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(value.flatten())
}

fn write(session: &Session<'_>, table: &Table, id: &str, mut cells: Cells) -> Result<()> {
    let version = next_version(session.connection)?;
    cells.fill(table, "versionnumber", version);
    cells.set("@version", version);
    cells.changed(session, table);
    cells.0.sort_by(|one, other| one.0.cmp(&other.0));
    let sets: Vec<String> = cells
        .0
        .iter()
        .enumerate()
        .map(|(index, (name, _))| format!("{} = ?{}", quoted(name), index + 1))
        .collect();
    let sql = format!(
        "UPDATE {} SET {} WHERE {} = ?{}",
        table_name(&table.logical_name),
        sets.join(", "),
        quoted(&table.primary_id),
        sets.len() + 1
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    let values = cells.0.into_iter().map(|(_, value)| value).chain([Value::Text(id.to_owned())]);
    statement.execute(params_from_iter(values)).map_err(|error| refused(error, table))?;
    Ok(())
}
