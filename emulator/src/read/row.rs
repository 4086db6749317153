//! One record.

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, params};

use super::shape::Shape;
use crate::error::Result;
use crate::http::Preferences;
use crate::json::{Json, object};
use crate::schema::{Column, Kind, Table};
use crate::session::Session;
use crate::store::{VERSION, push_quoted, quoted, table_name};
use crate::value;

/// The annotation with the formatted value.
pub(super) const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
const LOOKUP_TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";
const LOOKUP_NAVIGATION: &str = "Microsoft.Dynamics.CRM.associatednavigationproperty";

/// The index of the first column of a shape in the rows that [`columns`] selects.
const FIRST_COLUMN: usize = 3;

/// A row of the database.
pub(crate) struct RecordRow<'r>(pub(crate) &'r rusqlite::Row<'r>);

impl<'r> RecordRow<'r> {
    pub(crate) fn number(&self) -> rusqlite::Result<i64> {
        self.0.get(0)
    }

    pub(super) fn version(&self) -> rusqlite::Result<i64> {
        self.0.get(1)
    }

    pub(super) fn id(&self) -> rusqlite::Result<String> {
        self.0.get(2)
    }
}

/// Returns the SQL of the columns that a shape needs.
pub(super) fn columns(shape: &Shape<'_>, alias: &str) -> String {
    let id = quoted(&shape.table.primary_id);
    let mut all = format!("{alias}.\"@row\", {alias}.{}, {alias}.{id}", quoted(VERSION));
    let mut add = |name: &str| {
        all.push_str(", ");
        if shape.table.elastic && *name == shape.table.primary_id {
            all.push_str(&shape.table.sql_column(name, alias));
            return;
        }
        all.push_str(alias);
        all.push('.');
        push_quoted(&mut all, name);
    };
    for column in &shape.columns {
        add(&column.logical_name);
        if column.kind.is_lookup() {
            add(&format!("{}@type", column.logical_name));
        }
    }
    all
}

/// Returns the members of a record's columns. `nulls` says whether empty columns are included.
pub(super) fn cells(
    session: &Session<'_>,
    preferences: &Preferences,
    shape: &Shape<'_>,
    row: &RecordRow<'_>,
    nulls: bool,
) -> Result<Vec<(String, Json)>> {
    let mut out = Vec::with_capacity(shape.columns.len() + 2);
    if shape.has_etag {
        out.push(("@odata.etag".to_owned(), Json::Text(etag(row.version()?))));
    }
    let mut index = FIRST_COLUMN;
    for column in &shape.columns {
        let cell = row.0.get_ref(index)?;
        index += 1;
        if column.kind.is_lookup() {
            let of = row.0.get_ref(index)?.as_str_or_null().unwrap_or_default();
            index += 1;
            if nulls || !matches!(cell, ValueRef::Null) {
                lookup(session, preferences, shape.table, column, cell, of, &mut out)?;
            }
        } else if nulls || !matches!(cell, ValueRef::Null) {
            plain(preferences, column, cell, &mut out);
        }
    }
    Ok(out)
}

fn etag(version: i64) -> String {
    format!("W/\"{version}\"")
}

fn plain(preferences: &Preferences, column: &Column, cell: ValueRef<'_>, out: &mut Vec<(String, Json)>) {
    let name = &column.logical_name;
    if preferences.wants(FORMATTED)
        && let Some(text) = value::formatted(&column.kind, cell)
    {
        out.push((format!("{name}@{FORMATTED}"), Json::Text(text)));
    }
    let value = value::to_json(&column.kind, cell);
    let as_text = preferences.numbers_as_text && matches!(column.kind, Kind::BigInt | Kind::Decimal { .. });
    out.push((name.clone(), if as_text { value.into_text() } else { value }));
}

fn lookup(
    session: &Session<'_>,
    preferences: &Preferences,
    table: &Table,
    column: &Column,
    cell: ValueRef<'_>,
    of: Option<&str>,
    out: &mut Vec<(String, Json)>,
) -> Result<()> {
    let property = column.property();
    if let (ValueRef::Text(bytes), Some(of)) = (cell, of) {
        let id = String::from_utf8_lossy(bytes);
        if preferences.wants(FORMATTED)
            && let Some(name) = display_name(session, of, &id)?
        {
            out.push((format!("{property}@{FORMATTED}"), Json::Text(name)));
        }
        let mut navigations = table.navigations_of(&column.logical_name);
        if preferences.wants(LOOKUP_NAVIGATION)
            && let Some((name, _)) =
                navigations.find(|(_, targets)| targets.iter().any(|target| target == of))
        {
            out.push((format!("{property}@{LOOKUP_NAVIGATION}"), name.into()));
        }
        if preferences.wants(LOOKUP_TABLE) {
            out.push((format!("{property}@{LOOKUP_TABLE}"), of.into()));
        }
    }
    out.push((property, value::to_json(&column.kind, cell)));
    Ok(())
}

/// Returns the primary name of a record.
pub(crate) fn display_name(session: &Session<'_>, table: &str, id: &str) -> Result<Option<String>> {
    let Some(table) = session.schema.table(table) else { return Ok(None) };
    let Some(name) = &table.primary_name else { return Ok(None) };
    let (from, id_column) = (table_name(&table.logical_name), quoted(&table.primary_id));
    let sql = format!("SELECT {} FROM {from} WHERE {id_column} = ?1", quoted(name));
    let name = session.connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(name.flatten())
}

/// Returns a reference to a record.
pub(super) fn reference(session: &Session<'_>, table: &Table, id: &str) -> Json {
    let url = format!("{}/{}({})", session.root, table.entity_set_name, table.key_text(id));
    object([("@odata.id", Json::Text(url))])
}

/// Returns the version number of a record, if it exists.
pub(crate) fn version_of(session: &Session<'_>, table: &Table, id: &str) -> Result<Option<i64>> {
    let (from, id_column) = (table_name(&table.logical_name), quoted(&table.primary_id));
    let version = quoted(VERSION);
    if let Some(live) = crate::elastic::live(table, "r", || "?2".to_owned()) {
        let sql = format!("SELECT r.{version} FROM {from} r WHERE r.{id_column} = ?1 AND {live}");
        let values = params![id, session.now.div_euclid(1_000_000)];
        return Ok(session
            .connection
            .prepare_cached(&sql)?
            .query_row(values, |row| row.get(0))
            .optional()?);
    }
    let sql = format!("SELECT {version} FROM {from} WHERE {id_column} = ?1");
    Ok(session.connection.prepare_cached(&sql)?.query_row(params![id], |row| row.get(0)).optional()?)
}

/// Returns the table and the id of the record that a lookup names, if it names one.
pub(crate) fn target(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    lookup: &str,
) -> Result<Option<(String, String)>> {
    let sql = format!(
        "SELECT {}, {} FROM {} WHERE {} = ?1",
        quoted(&format!("{lookup}@type")),
        quoted(lookup),
        table_name(&table.logical_name),
        quoted(&table.primary_id)
    );
    let found: Option<(Option<String>, Option<String>)> = session
        .connection
        .prepare_cached(&sql)?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(table, id)| table.zip(id)))
}
