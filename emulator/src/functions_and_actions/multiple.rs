//! `CreateMultiple`, `UpdateMultiple`, `UpsertMultiple`: all or nothing.

use std::collections::HashSet;

use super::answer::answer;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::Json;
use crate::schema::{Kind, Table};
use crate::session::Session;
use crate::uri::{Aliases, Keys, Literal, below_service_root, segments};
use crate::value::any_guid;
use crate::write::{Draft, Purpose, create, find, key_values, update};

/// Returns the targets, each of the table that the action is bound to.
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
    let mut done = HashSet::new();
    for target in targets(table, body)? {
        let draft = Draft::read(session, table, Purpose::Update, target)?;
        let missing = || Refusal::payload(&table.entity_set_name, "every target needs its primary key");
        let id = draft.id.clone().ok_or_else(missing)?;
        // Dataverse changes each record once, by the first target that names it, and ignores the others.
        if done.insert(id.clone()) {
            update(session, &id, draft)?;
        } else if session.strict {
            return Err(Refusal::bad(format!(
                "Strict mode: two targets name the record {id}: Dataverse would ignore the second without an error."
            )));
        }
    }
    Ok(Outgoing::no_content())
}

pub(super) fn upsert_all(session: &Session<'_>, table: &Table, body: &Json) -> Result<Outgoing> {
    let mut done = HashSet::new();
    for target in targets(table, body)? {
        if !done.insert(upsert(session, table, target, &done)?) {
            return Err(Refusal::duplicate_id());
        }
    }
    Ok(Outgoing::no_content())
}

/// Creates or updates the record that the target's URL or its primary key names. Returns the record's id.
fn upsert(session: &Session<'_>, table: &Table, target: &Json, done: &HashSet<String>) -> Result<String> {
    let aliases = Aliases::default();
    let keys = match target.text("@odata.id") {
        Some(url) => Some(keys(table, url)?),
        None => target.text(&table.primary_id).map(id).transpose()?,
    };
    let (there, asked) = match &keys {
        Some(keys) => find(session, table, keys, &aliases)?,
        None => (None, None),
    };
    let alternate = match &keys {
        Some(Keys::Named(named)) if asked.is_none() => key_values(table, named, &aliases)?,
        _ => Vec::new(),
    };
    if let Some(id) = there {
        if done.contains(&id) {
            return Ok(id);
        }
        let mut draft = Draft::read(session, table, Purpose::Update, target)?;
        draft.forget(&alternate);
        update(session, &id, draft)?;
        return Ok(id);
    }
    // Dataverse adds the key to the body of a new record, and fails if the body has it already.
    if alternate.iter().any(|(column, _)| says(table, target, &column.logical_name)) {
        return Err(Refusal::unexpected());
    }
    let mut draft = Draft::read(session, table, Purpose::Create, target)?;
    draft.id = asked.or(draft.id);
    draft.complete(session, alternate)?;
    create(session, draft)
}

/// Returns the primary key in a body as the keys of a URL.
fn id(text: &str) -> Result<Keys> {
    let id = any_guid(text).ok_or_else(|| Refusal::literal(text, "Edm.Guid"))?;
    Ok(Keys::One(Literal::Guid(id)))
}

/// Returns whether a body sets a column; a lookup may be set by any of its navigation properties.
fn says(table: &Table, body: &Json, column: &str) -> bool {
    let is_lookup = table.column(column).is_some_and(|column| matches!(column.kind, Kind::Lookup { .. }));
    let bound = |name: &str| body.get(&format!("{name}@odata.bind")).is_some() || body.get(name).is_some();
    if is_lookup {
        table.navigations_of(column).any(|(name, _)| bound(name))
    } else {
        body.get(column).is_some()
    }
}

/// Returns the keys of the record that a target's `@odata.id` names.
fn keys(table: &Table, url: &str) -> Result<Keys> {
    let wrong = || {
        Refusal::payload(
            &table.entity_set_name,
            &format!("the '@odata.id' '{url}' does not name a record of '{}'", table.entity_set_name),
        )
    };
    let mut segments = segments(below_service_root(url))?;
    match (segments.pop(), segments.is_empty()) {
        (Some(segment), true) if segment.name == table.entity_set_name => segment.arguments.ok_or_else(wrong),
        _ => Err(wrong()),
    }
}
