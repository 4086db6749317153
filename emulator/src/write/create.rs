//! Creates records.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::associate::{associate, pair};
use super::body::{ColumnValue, Draft};
use super::money;
use super::row::{Cells, refused};
use super::state::{agree, default_status, integer};
use crate::error::{Refusal, Result};
use crate::rights::Privilege;
use crate::row_id::row_id;
use crate::schema::{Navigation, Table};
use crate::session::Session;
use crate::sql::WRITE;
use crate::store::{next_version, quoted, table_name};
use crate::value::Referenced;

/// Creates the record and the records of its deep insert. Returns its id.
pub(crate) fn create(session: &Session<'_>, mut draft: Draft<'_>) -> Result<String> {
    let table = draft.table;
    session.require_privilege(Privilege::Create, table)?;
    for (column, inner) in core::mem::take(&mut draft.before) {
        let of = inner.table.logical_name.clone();
        let id = create(session, inner)?;
        draft.cells.push((column, ColumnValue::Reference(Some(Referenced { table: of, id }))));
    }
    let mut id = draft.id.take().unwrap_or_else(|| session.new_id());
    if table.elastic {
        id = row_id(&id, draft.partition());
    }
    if crate::read::version_of(session, table, &id)?.is_some() {
        return Err(Refusal::duplicate_id());
    }
    let references = draft.references();
    let mut cells = Cells(Vec::new());
    cells.take(&mut draft);
    defaults(session, table, &id, &mut cells)?;
    let unit = if table.owner().is_some() { "owningbusinessunit" } else { "businessunitid" };
    if let (Some(of), Some(owner)) = (cells.text("ownerid@type"), cells.text("ownerid")) {
        session.require_owner(table, of, owner)?;
    }
    session.require_new(table, &id, cells.text("ownerid"), cells.text(unit), &references)?;
    insert(session, table, &id, cells)?;
    members(session, table, &id, core::mem::take(&mut draft.after))?;
    for (navigation, target) in core::mem::take(&mut draft.joined) {
        associate(session, table, &id, navigation, &target)?;
    }
    Ok(id)
}

/// Creates records in collections of a record.
pub(super) fn members(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    members: Vec<(&Navigation, Draft<'_>)>,
) -> Result<()> {
    for (navigation, mut inner) in members {
        if let Navigation::Many { column, .. } = navigation
            && let Some(column) = inner.table.column(column)
        {
            let target = Referenced { table: table.logical_name.clone(), id: id.to_owned() };
            inner.cells.retain(|(each, _)| each.logical_name != column.logical_name);
            inner.cells.push((column, ColumnValue::Reference(Some(target))));
        }
        let other = inner.table.logical_name.clone();
        let target = Referenced { table: other, id: create(session, inner)? };
        pair(session, table, id, navigation, &target)?;
    }
    Ok(())
}

/// Sets the columns that the server sets.
fn defaults(session: &Session<'_>, table: &Table, id: &str, cells: &mut Cells) -> Result<()> {
    for column in table.stored() {
        if let Some(value) = column.default
            && !cells.has(&column.logical_name)
        {
            cells.set(&column.logical_name, value);
        }
    }
    if let Some(state_column) = table.state() {
        let initial = state_column.kind.choices().iter().map(|choice| choice.value).min().unwrap_or(0);
        // A few tables let a create choose the state.
        let state = integer(cells.get(&state_column.logical_name)).unwrap_or(initial);
        cells.set(&state_column.logical_name, state);
        if let Some(status_column) = table.status() {
            match integer(cells.get(&status_column.logical_name)) {
                Some(status) => agree(table, id, state, status)?,
                None => {
                    let status = default_status(table, state);
                    cells.set(&status_column.logical_name, status.map_or(Value::Null, Value::Integer));
                }
            }
        }
    }
    if table.owner().is_some() {
        let owner = match (cells.get("ownerid@type"), cells.get("ownerid")) {
            (Some(Value::Text(of)), Some(Value::Text(id))) => (of.clone(), id.clone()),
            _ => ("systemuser".to_owned(), session.caller.user.clone()),
        };
        cells.own(session, table, (&owner.0, &owner.1))?;
    } else if !cells.has("businessunitid") {
        let unit = session.caller.business_unit.clone();
        cells.refer(table, "businessunitid", Some(("businessunit", &unit)));
    }
    if table.is_activity {
        cells.fill(table, "activitytypecode", table.logical_name.clone());
    }
    money::settle(session, table, None, cells)?;
    cells.stamp(session, table, "created");
    cells.stamp(session, table, "modified");
    // An imported record keeps the time of its original creation.
    if let Some(Value::Integer(time)) = cells.get("overriddencreatedon").cloned() {
        cells.fill(table, "createdon", time);
    }
    Ok(())
}

fn insert(session: &Session<'_>, table: &Table, id: &str, mut cells: Cells) -> Result<()> {
    let version = next_version(session.connection)?;
    cells.fill(table, "versionnumber", version);
    cells.set(&table.primary_id, id.to_owned());
    cells.set("@version", version);
    cells.set("@since", version);
    cells.changed(session, table);
    // Sorted, so that rows with the same columns share a prepared statement.
    cells.0.sort_by(|one, other| one.0.cmp(&other.0));
    let names: Vec<String> = cells.0.iter().map(|(name, _)| quoted(name)).collect();
    let places: Vec<String> = (1..=names.len()).map(|index| format!("?{index}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table_name(&table.logical_name),
        names.join(", "),
        places.join(", ")
    );
    let mut statement = session.connection.prepare_cached(&sql)?;
    statement
        .execute(params_from_iter(cells.0.into_iter().map(|(_, value)| value)))
        .map_err(|error| refused(error, table))?;
    Ok(())
}

/// Replaces a row. Clears the columns that the draft does not set.
pub(crate) fn replace(session: &Session<'_>, table: &Table, id: &str, draft: Draft<'_>) -> Result<()> {
    session.require(WRITE, table, id)?;
    require_owner_change(session, table, id, &draft)?;
    let sql =
        format!("DELETE FROM {} WHERE {} = ?1", table_name(&table.logical_name), quoted(&table.primary_id));
    session.connection.prepare_cached(&sql)?.execute([id])?;
    create(session, draft).map(drop)
}

/// Refuses to replace a row of another owner without the privilege to assign it, because the caller will own
/// the new row.
fn require_owner_change(session: &Session<'_>, table: &Table, id: &str, draft: &Draft<'_>) -> Result<()> {
    if table.owner().is_none() || session.caller.administrator {
        return Ok(());
    }
    let Some((_, before)) = crate::read::target(session, table, id, "ownerid")? else { return Ok(()) };
    let named = draft.cells.iter().find_map(|(column, cell)| match cell {
        ColumnValue::Reference(Some(owner)) if column.logical_name == "ownerid" => Some(owner.id.as_str()),
        _ => None,
    });
    if named.unwrap_or(&session.caller.user) == before {
        return Ok(());
    }
    session.require(Privilege::Assign, table, id)
}
