//! `Merge`: merges one record of a table into another.

use rusqlite::params;
use rusqlite::types::Value;

use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::Json;
use crate::schema::{Column, Kind, Table};
use crate::session::Session;
use crate::sql::{READ, WRITE};
use crate::store::{PAIRS_FIRST, PAIRS_SECOND, next_version, pairs_name, quoted, table_name};
use crate::value::Referenced;
use crate::write::{ColumnValue, Draft, Purpose, of_entity, update};

/// The tables whose records Merge treats alike. Records of `incident` can be merged, too, but differently.
const TABLES: [&str; 3] = ["account", "contact", "lead"];
/// The lookup to the record that a record was merged into.
const MASTER: &str = "masterid";
/// Columns that Merge does not move.
const KEPT: [&str; 5] = ["ownerid", MASTER, "merged", "statecode", "statuscode"];

/// Moves the values and related records of the subordinate record to the target, and deactivates the
/// subordinate.
pub(super) fn merge(session: &Session<'_>, body: &Json) -> Result<Outgoing> {
    let parameter = |name: &str| {
        let found = body.get(name).filter(|value| !matches!(value, Json::Null));
        found.ok_or_else(|| Refusal::bad(format!("The parameter '{name}' is missing.")))
    };
    let target = of_entity(session, parameter("Target")?)?;
    let subordinate = of_entity(session, parameter("Subordinate")?)?;
    let checks = match parameter("PerformParentingChecks")? {
        Json::Bool(flag) => *flag,
        _ => return Err(Refusal::bad("The parameter 'PerformParentingChecks' must be a boolean.")),
    };
    let table = session.table(&target.table)?;
    if table.logical_name == "incident" {
        return Err(Refusal::not_implemented("The action Merge of the table 'incident'"));
    }
    if !TABLES.contains(&table.logical_name.as_str()) || target.table != subordinate.table {
        let message = format!("This type: {} is not supported with merge operation", subordinate.table);
        return Err(Refusal::bad(message));
    }
    if target.id == subordinate.id {
        return Err(Refusal::bad("Merge cannot be performed on master and sub-entities that are identical."));
    }
    for (record, role) in [(&target, "master entity"), (&subordinate, "sub-entity")] {
        session.require(READ, table, &record.id)?;
        session.require(WRITE, table, &record.id)?;
        if !is_active(session, table, &record.id)? {
            let message = format!("{role}:{}-{} is deactive", table.logical_name, record.id);
            return Err(Refusal::bad(message));
        }
    }
    if checks && parents(session, table, &target.id)? != parents(session, table, &subordinate.id)? {
        let message = "Merge with parenting checks: the parents of the two records are different.";
        return Err(Refusal::bad(message));
    }
    let mut draft = match body.get("UpdateContent") {
        Some(content @ Json::Object(_)) => Draft::read(session, table, Purpose::Update, content)?,
        _ => Draft::empty(table),
    };
    fill(session, table, &target, &subordinate, &mut draft)?;
    update(session, &target.id, draft)?;
    move_related(session, table, &target.id, &subordinate.id)?;
    deactivate(session, table, &target, &subordinate.id)?;
    Ok(Outgoing::no_content())
}

/// Returns the values of some columns of a record; a lookup comes with its table.
fn values(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    columns: &[&Column],
) -> Result<Vec<(Value, Option<String>)>> {
    let selected: Vec<String> = columns
        .iter()
        .map(|column| {
            let of = if column.kind.is_lookup() {
                quoted(&format!("{}@type", column.logical_name))
            } else {
                "NULL".to_owned()
            };
            format!("{}, {of}", quoted(&column.logical_name))
        })
        .collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE {} = ?1",
        selected.join(", "),
        table_name(&table.logical_name),
        quoted(&table.primary_id)
    );
    let read = |row: &rusqlite::Row<'_>| {
        (0..columns.len()).map(|index| Ok((row.get(2 * index)?, row.get(2 * index + 1)?))).collect()
    };
    Ok(session.connection.prepare_cached(&sql)?.query_row([id], read)?)
}

fn is_active(session: &Session<'_>, table: &Table, id: &str) -> Result<bool> {
    let Some(state) = table.state() else { return Ok(true) };
    let values = values(session, table, id, &[state])?;
    Ok(matches!(values.first(), Some((Value::Integer(0), _))))
}

/// Returns the values of the lookups that name a record's parent.
fn parents(session: &Session<'_>, table: &Table, id: &str) -> Result<Vec<(Value, Option<String>)>> {
    let is_parent =
        |column: &&Column| ["parentaccountid", "parentcustomerid"].contains(&column.logical_name.as_str());
    let columns: Vec<&Column> = table.stored().filter(is_parent).collect();
    if columns.is_empty() { Ok(Vec::new()) } else { values(session, table, id, &columns) }
}

/// Copies values of the subordinate into columns in which the target has none.
fn fill<'s>(
    session: &Session<'_>,
    table: &'s Table,
    target: &Referenced,
    subordinate: &Referenced,
    draft: &mut Draft<'s>,
) -> Result<()> {
    let is_content = |column: &&Column| {
        column.updatable
            && column.joined.is_empty()
            && column.logical_name != table.primary_id
            && !KEPT.contains(&column.logical_name.as_str())
    };
    let columns: Vec<&Column> = table.stored().filter(is_content).collect();
    let theirs = values(session, table, &subordinate.id, &columns)?;
    let mine = values(session, table, &target.id, &columns)?;
    for ((column, (value, of)), (present, _)) in columns.into_iter().zip(theirs).zip(mine) {
        let set = draft.cells.iter().any(|(each, _)| each.logical_name == column.logical_name);
        if set || matches!(value, Value::Null) || !matches!(present, Value::Null) {
            continue;
        }
        let cell = match (&column.kind, value, of) {
            // A record cannot be its own parent.
            (Kind::Lookup { .. }, Value::Text(id), _) if id == target.id => continue,
            (Kind::Lookup { .. }, Value::Text(id), Some(table)) => {
                ColumnValue::Reference(Some(Referenced { table, id }))
            }
            (_, value, _) => ColumnValue::Value(value),
        };
        if session.strict {
            return Err(Refusal::bad(format!(
                "Strict mode: Merge would move the value of '{}' from the subordinate record to the target, on which \
                 Microsoft's pages differ: name it in 'UpdateContent'.",
                column.logical_name
            )));
        }
        draft.cells.push((column, cell));
    }
    Ok(())
}

/// Makes the records that refer to the subordinate refer to the target.
fn move_related(session: &Session<'_>, table: &Table, target: &str, subordinate: &str) -> Result<()> {
    for dependent in &table.dependents {
        let other = session.table(&dependent.table)?;
        let stored = other.column(&dependent.column).is_some_and(Column::is_stored);
        if !stored || dependent.column == MASTER {
            continue;
        }
        let version = next_version(session.connection)?;
        let number = other.column("versionnumber").map_or("", |_| ", versionnumber = ?4");
        let (lookup, of) = (quoted(&dependent.column), quoted(&format!("{}@type", dependent.column)));
        let key = quoted(&other.primary_id);
        // The target does not become its own parent.
        let sql = format!(
            "UPDATE {} SET {of} = CASE {key} WHEN ?1 THEN NULL ELSE {of} END, {lookup} = nullif(?1, {key}), \
             \"@version\" = ?4{number} WHERE {lookup} = ?2 AND {of} = ?3",
            table_name(&other.logical_name)
        );
        let values = params![target, subordinate, table.logical_name, version];
        session.connection.prepare_cached(&sql)?.execute(values)?;
    }
    for association in session.schema.associations() {
        for (index, column) in [PAIRS_FIRST, PAIRS_SECOND].into_iter().enumerate() {
            if association.tables[index] == table.logical_name {
                let name = pairs_name(&association.intersect);
                let sql = format!("UPDATE OR REPLACE {name} SET {column} = ?1 WHERE {column} = ?2");
                session.connection.prepare_cached(&sql)?.execute([target, subordinate])?;
            }
        }
    }
    Ok(())
}

/// Deactivates the subordinate and names its target.
fn deactivate(session: &Session<'_>, table: &Table, target: &Referenced, subordinate: &str) -> Result<()> {
    let mut draft = Draft::empty(table);
    if let Some(state) = table.state() {
        draft.cells.push((state, ColumnValue::Value(Value::Integer(1))));
    }
    if let Some(merged) = table.column("merged") {
        draft.cells.push((merged, ColumnValue::Value(Value::Integer(1))));
    }
    if let Some(master) = table.column(MASTER) {
        draft.cells.push((master, ColumnValue::Reference(Some(target.clone()))));
    }
    update(session, subordinate, draft)
}
