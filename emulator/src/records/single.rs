//! Requests for one record: retrieve, update, upsert, delete.

use http::{Method, StatusCode};

use super::answers::{applied, changed, created};
use super::elastic;
use super::identity::{existing_id, if_match, matches_etag, url};
use crate::error::{Refusal, Result};
use crate::http::{JSON, Outgoing};
use crate::read::{self, Shape};
use crate::schema::Table;
use crate::session::Call;
use crate::uri::{Expand, Keys, limit_conditions};
use crate::write::{Draft, Purpose, create, delete, find, key_values, update};

pub(super) fn answer<'s>(call: &Call<'s>, table: &'s Table, keys: &Keys) -> Result<Outgoing> {
    match call.incoming.method {
        Method::GET => retrieve(call, table, keys),
        Method::PATCH => upsert(call, table, keys),
        Method::DELETE => {
            let id = existing_id(call, table, keys)?;
            if_match(call, table, &id)?;
            delete(call.session, table, &id)?;
            Ok(Outgoing::no_content())
        }
        _ => Err(Refusal::method_not_allowed(&call.incoming.method)),
    }
}

fn retrieve<'s>(call: &Call<'s>, table: &'s Table, keys: &Keys) -> Result<Outgoing> {
    let session = call.session;
    let id = existing_id(call, table, keys)?;
    for option in ["$filter", "$orderby", "$top", "$count", "$apply"] {
        if call.options.get(option).is_some() {
            return Err(Refusal::bad(format!("Query option '{option}' is not allowed on a single record.")));
        }
    }
    let expand = call.options.expand()?;
    limit_conditions(expand.iter().map(Expand::conditions).sum())?;
    let conditional = expand.is_empty() && call.preferences.annotations.is_empty();
    let shape = Shape::new(session, table, call.options.select(), expand)?;
    let body = read::record(session, &call.preferences, &shape, &id)?;
    let etag = body.text("@odata.etag").unwrap_or_default().to_owned();
    if conditional && call.incoming.condition("If-None-Match").is_some_and(|tags| matches_etag(tags, &etag)) {
        let answer = Outgoing::bytes(StatusCode::NOT_MODIFIED, JSON, Vec::new());
        return Ok(answer.with("etag", &etag));
    }
    Ok(applied(call, Outgoing::json(StatusCode::OK, &body).with("etag", &etag)))
}

/// Answers `PATCH`: an update, an upsert or, with `If-None-Match: *`, a create.
fn upsert<'s>(call: &Call<'s>, table: &'s Table, keys: &Keys) -> Result<Outgoing> {
    if table.elastic {
        return elastic::upsert(call, table, keys);
    }
    let session = call.session;
    let shape = Shape::new(session, table, call.options.select(), Vec::new())?;
    let body = call.incoming.json()?;
    let (there, asked) = find(session, table, keys, call.options.aliases())?;
    if let Some(id) = there {
        if call.incoming.condition("If-None-Match") == Some("*") {
            return Err(Refusal::exists());
        }
        if_match(call, table, &id)?;
        let mut draft = Draft::read(session, table, Purpose::Update, &body)?;
        if let Some(named) = alternate(table, keys) {
            draft.forget(&key_values(table, named, call.options.aliases())?);
        }
        update(session, &id, draft)?;
        return changed(call, &shape, &id, &location(call, table, keys, &id));
    }
    if call.incoming.condition("If-Match").is_some() {
        return Err(match asked {
            Some(id) => Refusal::record_not_found(&table.logical_name, &id),
            None => Refusal::key_not_found(&table.logical_name),
        });
    }
    let mut draft = Draft::read(session, table, Purpose::Upsert, &body)?;
    draft.id = asked.or(draft.id);
    if let Some(named) = alternate(table, keys) {
        draft.complete(session, key_values(table, named, call.options.aliases())?)?;
    }
    let id = create(session, draft)?;
    let location = location(call, table, keys, &id);
    created(call, &shape, &id, &location)
}

/// Returns the columns and texts of the alternate key of a URL, if it has one.
pub(super) fn alternate<'k>(table: &Table, keys: &'k Keys) -> Option<&'k [(String, String)]> {
    match keys {
        Keys::Named(named) if !named.iter().any(|(name, _)| *name == table.primary_id) => Some(named),
        _ => None,
    }
}

/// Returns the URL of the record, by an alternate key if the request has one.
fn location(call: &Call<'_>, table: &Table, keys: &Keys, id: &str) -> String {
    match alternate(table, keys) {
        Some(_) => format!("{}/{}", call.session.root, call.incoming.path),
        None => url(call.session, table, id),
    }
}
