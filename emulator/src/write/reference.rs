//! Finds records by a URL, a key, or an object that names them.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::elastic;
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::{Column, Kind, Table};
use crate::session::Session;
use crate::store::{quoted, table_name};
use crate::uri::{Aliases, Keys, Literal, Parser, below_service_root, segments};
use crate::value::{self, Notation, Referenced};

/// Returns the record that a URL names: relative or absolute, by id or alternate key, or by a content-id.
pub(crate) fn resolve(session: &Session<'_>, url: &str) -> Result<Referenced> {
    let path = relative(session, url)?;
    let segments = segments(&path)?;
    let [segment] = segments.as_slice() else {
        return Err(Refusal::bad(format!("The URL '{url}' does not name a record.")));
    };
    let table = session
        .schema
        .set(&segment.name)
        .ok_or_else(|| Refusal::unknown_set(session.schema, &segment.name))?;
    let keys = segment
        .arguments
        .as_ref()
        .ok_or_else(|| Refusal::bad(format!("The URL '{url}' does not name a record.")))?;
    let id = match find(session, table, keys, &Aliases::default())? {
        (Some(id), _) => id,
        (None, Some(id)) => return Err(Refusal::record_not_found(&table.logical_name, &id)),
        (None, None) => return Err(Refusal::key_not_found(&table.logical_name)),
    };
    Ok(Referenced { table: table.logical_name.clone(), id })
}

/// Returns the path below the service root.
fn relative(session: &Session<'_>, url: &str) -> Result<String> {
    if let Some(content) = url.strip_prefix('$') {
        return session.contents.borrow().get(content).cloned().ok_or_else(|| no_content(url));
    }
    Ok(below_service_root(url).to_owned())
}

pub(crate) fn no_content(reference: &str) -> Refusal {
    Refusal::bad(format!("Content-ID Reference: '{reference}' does not exist in the batch context."))
}

/// Returns the id of the record with this key if it exists, and the id in the key if the key is a primary
/// key.
pub(crate) fn find(
    session: &Session<'_>,
    table: &Table,
    keys: &Keys,
    aliases: &Aliases,
) -> Result<(Option<String>, Option<String>)> {
    let by_id = |id: String| {
        let there = crate::read::version_of(session, table, &id)?.is_some();
        Ok((there.then(|| id.clone()), Some(id)))
    };
    match keys {
        Keys::None => Err(Refusal::not_a_key(&table.logical_name)),
        Keys::One(literal) => match literal {
            Literal::Guid(id) => by_id(id.clone()),
            Literal::Text(text) => match value::guid(text) {
                Some(id) => by_id(id),
                None => Err(Refusal::literal(text, "Edm.Guid")),
            },
            _ => Err(Refusal::bad("Bad Request - Error in query syntax: the primary key is a GUID.")),
        },
        Keys::Named(named) => {
            // The key of users and teams is that of their base type. Their own id is not a named key.
            let principal = table.column("ownerid").is_some_and(|column| matches!(column.kind, Kind::Guid));
            if let [(name, text)] = named.as_slice()
                && *name == table.primary_id
                && !principal
            {
                let Literal::Guid(id) = Parser::literal(text, aliases)? else {
                    return Err(Refusal::literal(text, "Edm.Guid"));
                };
                return by_id(id);
            }
            if table.elastic {
                let id = elastic::find(table, named, aliases)?;
                return by_id(id.ok_or_else(|| Refusal::not_a_key(&table.logical_name))?);
            }
            let values = key_values(table, named, aliases)?;
            let conditions: Vec<String> = values
                .iter()
                .enumerate()
                .map(|(index, (column, _))| format!("{} = ?{}", quoted(&column.logical_name), index + 1))
                .collect();
            let sql = format!(
                "SELECT {} FROM {} WHERE {}",
                quoted(&table.primary_id),
                table_name(&table.logical_name),
                conditions.join(" AND ")
            );
            let mut statement = session.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(values.into_iter().map(|(_, value)| value)))?;
            let id = rows.next()?.map(|row| row.get(0)).transpose()?;
            Ok((id, None))
        }
    }
}

/// Returns the columns and values of an alternate key.
pub(crate) fn key_values<'s>(
    table: &'s Table,
    named: &[(String, String)],
    aliases: &Aliases,
) -> Result<Vec<(&'s Column, Value)>> {
    let mut values = Vec::new();
    for (name, text) in named {
        let column = table.property(name).ok_or_else(|| Refusal::not_a_key(&table.logical_name))?;
        let literal = Parser::literal(text, aliases)?;
        if let Literal::Text(text) = &literal
            && is_number(&column.kind)
        {
            return Err(Refusal::literal(text, column.kind.edm()));
        }
        let json = match literal {
            // In Dataverse, keys with these characters find no record, however they are encoded.
            Literal::Text(text) if text.contains(['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+']) => {
                return Err(Refusal::bad(format!(
                    "The value '{text}' of the key '{name}' has a character that keys in URLs cannot have."
                )));
            }
            Literal::Null => Json::Null,
            Literal::Bool(flag) => Json::Bool(flag),
            Literal::Number(text) => Json::Number(text),
            Literal::Text(text) | Literal::Guid(text) | Literal::Date(text) | Literal::Untyped(text) => {
                Json::Text(text)
            }
            Literal::Instant(time) => Json::Text(value::instant_text(time)),
        };
        let value = match (&column.kind, &json) {
            (Kind::Lookup { .. }, Json::Text(id)) => {
                Value::Text(value::guid(id).ok_or_else(|| Refusal::literal(id, "Edm.Guid"))?)
            }
            _ => value::from_body(table, column, &json, Notation::default())?,
        };
        values.push((column, value));
    }
    let names: Vec<&str> = values.iter().map(|(column, _)| column.logical_name.as_str()).collect();
    let is_key = table.keys.iter().any(|key| {
        key.columns.len() == names.len() && key.columns.iter().all(|column| names.contains(&column.as_str()))
    });
    if is_key { Ok(values) } else { Err(Refusal::not_a_key(&table.logical_name)) }
}

/// Returns whether literals of a kind have no quotes in URLs.
fn is_number(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Integer { .. }
            | Kind::BigInt
            | Kind::Double { .. }
            | Kind::Decimal { .. }
            | Kind::Boolean { .. }
            | Kind::Picklist(_)
            | Kind::State(_)
            | Kind::Status(_)
    )
}

/// Returns the record with this id from the first of these tables that has it.
pub(crate) fn any_of(session: &Session<'_>, tables: &[String], id: &str) -> Result<Referenced> {
    for name in tables {
        if let Some(table) = session.schema.table(name)
            && crate::read::version_of(session, table, id)?.is_some()
        {
            return Ok(Referenced { table: name.clone(), id: id.to_owned() });
        }
    }
    Err(Refusal::record_not_found(tables.first().map_or("", String::as_str), id))
}

/// Returns the table that an `@odata.type` names.
pub(crate) fn table_of_type<'s>(session: &'s Session<'_>, named: &str) -> Result<&'s Table> {
    let name = named.trim_start_matches('#');
    let name = name.strip_prefix("Microsoft.Dynamics.CRM.").unwrap_or(name);
    session
        .schema
        .table(name)
        .ok_or_else(|| Refusal::bad(format!("A type named '{named}' could not be resolved by the model.")))
}

/// Returns the record that an object in a body or a parameter names: by `@odata.id`, or by its type and key.
pub(crate) fn of_entity(session: &Session<'_>, entity: &Json) -> Result<Referenced> {
    if let Some(url) = entity.text("@odata.id") {
        return resolve(session, url);
    }
    let keyless = || Refusal::bad("EdmEntityObject passed should have the key property value set.");
    let table = table_of_type(session, entity.text("@odata.type").ok_or_else(keyless)?)?;
    // Users and teams are named by their own key or by that of their base type.
    let id = entity.text(&table.primary_id).or_else(|| entity.text("ownerid")).ok_or_else(keyless)?;
    let mut id = value::guid(id).ok_or_else(|| Refusal::literal(id, "Edm.Guid"))?;
    if table.elastic {
        id = elastic::of_object(table, entity)?.unwrap_or(id);
    }
    if crate::read::version_of(session, table, &id)?.is_none() {
        return Err(Refusal::record_not_found(&table.logical_name, &id));
    }
    Ok(Referenced { table: table.logical_name.clone(), id })
}
