//! `PATCH` of a row of an elastic table: with `If-Match` an update, without it an upsert that replaces the
//! row.

use super::answers::{changed, created};
use super::identity::{if_match, url};
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::read::{Shape, version_of};
use crate::row_id::row_id;
use crate::schema::PARTITION;
use crate::schema::Table;
use crate::session::Call;
use crate::uri::Keys;
use crate::write::{Draft, Purpose, create, find, replace, update};

pub(super) fn upsert<'s>(call: &Call<'s>, table: &'s Table, keys: &Keys) -> Result<Outgoing> {
    let session = call.session;
    let shape = Shape::new(session, table, call.options.select(), Vec::new())?;
    let body = call.incoming.json()?;
    let (_, named) = find(session, table, keys, call.options.aliases())?;
    let named = named.ok_or_else(|| Refusal::not_a_key(&table.logical_name))?;
    let has_partition = matches!(keys, Keys::Named(names) if names.len() > 1);
    // The body names the partition if the URL does not.
    let id = match body.text(PARTITION) {
        Some(partition) if !has_partition => row_id(&named, Some(partition)),
        _ => named,
    };
    let guid = crate::row_id::guid_of(&id).to_owned();
    let there = version_of(session, table, &id)?.is_some();
    if there && call.incoming.condition("If-None-Match") == Some("*") {
        return Err(Refusal::exists());
    }
    if call.incoming.condition("If-Match").is_some() {
        if !there {
            return Err(Refusal::record_not_found(&table.logical_name, &id));
        }
        if_match(call, table, &id)?;
        update(session, &id, Draft::read(session, table, Purpose::Update, &body)?)?;
        return changed(call, &shape, &id, &url(session, table, &id));
    }
    let mut draft = Draft::read(session, table, Purpose::Upsert, &body)?;
    if let Some(partition) = draft.partition()
        && row_id(&guid, Some(partition)) != id
    {
        let message = format!("The partition id '{partition}' of the body is not that of the URL.");
        return Err(Refusal::bad(message));
    }
    draft.set_partition(&id);
    draft.id = Some(guid);
    if there {
        replace(session, table, &id, draft)?;
        return changed(call, &shape, &id, &url(session, table, &id));
    }
    let id = create(session, draft)?;
    created(call, &shape, &id, &url(session, table, &id))
}
