//! Adapts the tables of the database to a changed schema.

use rusqlite::{Connection, OptionalExtension, params};

use super::layout::{declarations, pairs_name, prepare_pairs, prepare_table, quoted, table_name};
use crate::schema::{Association, Kind, Schema, Table};

/// Changes the tables of the database from one schema to the next. Rows keep the values of columns that both
/// schemas have. The caller holds a transaction.
pub(crate) fn adapt(connection: &Connection, old: &Schema, new: &Schema) -> rusqlite::Result<()> {
    for table in old.tables().iter().filter(|table| new.table(&table.logical_name).is_none()) {
        drop_table(connection, table)?;
    }
    let is_in = |schema: &Schema, one: &Association| {
        schema.associations().iter().any(|each| each.intersect == one.intersect)
    };
    for association in old.associations().iter().filter(|each| !is_in(new, each)) {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {}", pairs_name(&association.intersect)))?;
    }
    for table in new.tables() {
        match old.table(&table.logical_name) {
            None => prepare_table(connection, table)?,
            Some(before) => adapt_table(connection, before, table)?,
        }
    }
    for association in new.associations().iter().filter(|each| !is_in(old, each)) {
        prepare_pairs(connection, association)?;
    }
    Ok(())
}

fn drop_table(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("DROP TABLE IF EXISTS {}", table_name(&table.logical_name)))?;
    for own in ["@shares", "@deleted"] {
        connection
            .execute(&format!("DELETE FROM {} WHERE entity = ?1", quoted(own)), [&table.logical_name])?;
    }
    Ok(())
}

/// The SQL columns of a table with their declarations.
fn columns(table: &Table) -> Vec<(String, String)> {
    let stored = table.stored().filter(|each| each.logical_name != table.primary_id);
    stored.flat_map(|column| declarations(table, column)).collect()
}

fn adapt_table(connection: &Connection, old: &Table, new: &Table) -> rusqlite::Result<()> {
    let (before, after) = (columns(old), columns(new));
    let keys_stay = old.keys.iter().all(|key| new.keys.contains(key));
    if before.iter().all(|column| after.contains(column)) {
        if !keys_stay {
            drop_keys(connection, old, new)?;
        }
        if before.len() != after.len() || old.keys != new.keys {
            prepare_table(connection, new)?;
        }
    } else {
        rebuild(connection, new, &before, &after)?;
    }
    unbind(connection, old, new)
}

fn drop_keys(connection: &Connection, old: &Table, new: &Table) -> rusqlite::Result<()> {
    for key in old.keys.iter().filter(|key| !new.keys.contains(key)) {
        let index = quoted(&format!("k:{}:{}", old.logical_name, key.name));
        connection.execute_batch(&format!("DROP INDEX IF EXISTS {index}"))?;
    }
    Ok(())
}

/// Makes the table anew and copies its rows: SQLite cannot drop a column that an index of the table's
/// declaration names.
fn rebuild(
    connection: &Connection,
    table: &Table,
    before: &[(String, String)],
    after: &[(String, String)],
) -> rusqlite::Result<()> {
    const OLD: &str = "@old";
    let name = table_name(&table.logical_name);
    let last: Option<i64> = connection
        .prepare("SELECT seq FROM sqlite_sequence WHERE name = ?1")?
        .query_row([format!("t:{}", table.logical_name)], |row| row.get(0))
        .optional()?;
    connection.execute_batch(&format!("ALTER TABLE {name} RENAME TO {}", quoted(OLD)))?;
    // The indexes of the old table keep their names, which the new table needs.
    let indexes: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL")?
        .query_map([OLD], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for index in indexes {
        connection.execute_batch(&format!("DROP INDEX {}", quoted(&index)))?;
    }
    prepare_table(connection, table)?;
    let own = ["@row", super::VERSION, "@since", table.primary_id.as_str()];
    let mut kept: Vec<(String, String)> = own.map(|each| (quoted(each), quoted(each))).into();
    if table.elastic {
        kept.push((quoted(super::CHANGED), quoted(super::CHANGED)));
    }
    for (column, declaration) in after.iter().filter(|(_, declaration)| !declaration.contains("GENERATED")) {
        let Some((_, old)) = before.iter().find(|(each, _)| each == column) else { continue };
        let column = quoted(column);
        let value = match (old.as_str(), declaration.as_str()) {
            // A column with date and time has become one with dates only.
            ("INTEGER", "TEXT") => format!("date({column} / 1000000, 'unixepoch')"),
            _ => column.clone(),
        };
        kept.push((column, value));
    }
    let (names, values): (Vec<String>, Vec<String>) = kept.into_iter().unzip();
    connection.execute_batch(&format!(
        "INSERT INTO {name} ({}) SELECT {} FROM {OLD}; DROP TABLE {OLD};",
        names.join(", "),
        values.join(", "),
        OLD = quoted(OLD)
    ))?;
    // A row number is not used again, not even that of a deleted row.
    if let Some(last) = last {
        let parameters = params![last, format!("t:{}", table.logical_name)];
        if connection.execute("UPDATE sqlite_sequence SET seq = ?1 WHERE name = ?2", parameters)? == 0 {
            connection.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (?1, ?2)", parameters)?;
        }
    }
    Ok(())
}

/// Empties lookups that name a table which they no longer lead to.
fn unbind(connection: &Connection, old: &Table, new: &Table) -> rusqlite::Result<()> {
    for column in new.stored().filter(|column| column.joined.is_empty()) {
        let Kind::Lookup { targets } = &column.kind else { continue };
        let Some(Kind::Lookup { targets: before }) = old.column(&column.logical_name).map(|each| &each.kind)
        else {
            continue;
        };
        for gone in before.iter().filter(|target| !targets.contains(target)) {
            let (name, kind) =
                (quoted(&column.logical_name), quoted(&format!("{}@type", column.logical_name)));
            let sql = format!(
                "UPDATE {} SET {name} = NULL, {kind} = NULL WHERE {kind} = ?1",
                table_name(&new.logical_name)
            );
            connection.execute(&sql, [gone])?;
        }
    }
    Ok(())
}
