//! `CreateMultiple`, `UpdateMultiple`, `UpsertMultiple`: all or nothing.

use super::answer::answer;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::Json;
use crate::schema::{Kind, Table};
use crate::session::Session;
use crate::uri::{Aliases, Keys, segments};
use crate::write::{ColumnValue, Draft, Purpose, create, find, key_values, update};

/// The targets, each of the table that the action is bound to.
fn targets<'b>(table: &Table, body: &'b Json) -> Result<&'b [Json]> {
    let Some(Json::Array(all)) = body.get("Targets") else {
        return Err(Refusal::payload(&table.entity_set_name, "the parameter 'Targets' is missing"));
    };
    for target in all {
        let of = target.text("@odata.type").map(|name| name.trim_start_matches('#'));
        if of != Some(table.type_name().as_str()) {
            return Err(Refusal::payload(
                &table.entity_set_name,
                &format!("every target needs the '@odata.type' '{}'", table.type_name()),
            ));
        }
    }
    Ok(all)
}

pub(super) fn create_all(session: &Session<'_>, table: &Table, body: &Json) -> Result<Outgoing> {
    let mut ids = Vec::new();
    for target in targets(table, body)? {
        ids.push(Json::Text(create(session, Draft::read(session, table, Purpose::Create, target)?)?));
    }
    Ok(answer(session, "CreateMultipleResponse", [("Ids", Json::Array(ids))]))
}

pub(super) fn update_all(session: &Session<'_>, table: &Table, body: &Json) -> Result<Outgoing> {
    for target in targets(table, body)? {
        let draft = Draft::read(session, table, Purpose::Update, target)?;
        let missing = || Refusal::payload(&table.entity_set_name, "every target needs its primary key");
        let id = draft.id.clone().ok_or_else(missing)?;
        update(session, &id, draft)?;
    }
    Ok(Outgoing::no_content())
}

pub(super) fn upsert_all(session: &Session<'_>, table: &Table, body: &Json) -> Result<Outgoing> {
    for target in targets(table, body)? {
        upsert(session, table, target)?;
    }
    Ok(Outgoing::no_content())
}

fn upsert(session: &Session<'_>, table: &Table, target: &Json) -> Result<()> {
    // By the URL that the target has, or by its key, or by the columns of an alternate key among its own.
    let path = target.text("@odata.id").map(|url| url.rsplit('/').next().unwrap_or(url).to_owned());
    let segments = path.map(|path| segments(&path)).transpose()?;
    let keys = segments.and_then(|all| all.into_iter().next()).and_then(|segment| segment.arguments);
    let aliases = Aliases::default();
    let found = match &keys {
        Some(keys) => find(session, table, keys, &aliases)?,
        None => match Draft::read(session, table, Purpose::Create, target)?.id {
            Some(id) => find(session, table, &Keys::One(crate::uri::Literal::Guid(id)), &aliases)?,
            None => (by_own_columns(session, table, target)?, None),
        },
    };
    if let (Some(id), _) = found {
        return update(session, &id, Draft::read(session, table, Purpose::Update, target)?);
    }
    let mut draft = Draft::read(session, table, Purpose::Create, target)?;
    draft.id = found.1.or(draft.id);
    if let Some(Keys::Named(named)) = &keys
        && draft.id.is_none()
    {
        for (column, value) in key_values(table, named, &aliases)? {
            if !column.kind.is_lookup() {
                draft.cells.retain(|(each, _)| each.logical_name != column.logical_name);
                draft.cells.push((column, ColumnValue::Value(value)));
            }
        }
    }
    create(session, draft).map(drop)
}

/// The record that the target's values of an alternate key name.
fn by_own_columns(session: &Session<'_>, table: &Table, target: &Json) -> Result<Option<String>> {
    for key in &table.keys {
        let named: Option<Vec<(String, String)>> = key
            .columns
            .iter()
            .map(|name| {
                let column = table.column(name).filter(|column| !column.kind.is_lookup())?;
                let text = match target.get(name)? {
                    Json::Text(text) if matches!(column.kind, Kind::DateTime { .. } | Kind::Guid) => {
                        text.clone()
                    }
                    Json::Text(text) => format!("'{}'", text.replace('\'', "''")),
                    Json::Number(text) => text.clone(),
                    _ => return None,
                };
                Some((name.clone(), text))
            })
            .collect();
        if let Some(named) = named
            && let (Some(id), _) = find(session, table, &Keys::Named(named), &Aliases::default())?
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
