//! The identity of a record: its id, its version and its URL.

use std::borrow::Cow;

use http::Method;

use crate::elastic::partition_option;
use crate::error::{Refusal, Result};
use crate::read::version_of;
use crate::schema::PARTITION;
use crate::schema::Table;
use crate::session::Call;
use crate::session::Session;
use crate::sql::READ;
use crate::uri::{Keys, Literal};
use crate::write::find;

/// Returns the id of an existing record. Refuses keys that find none.
pub(super) fn existing_id(call: &Call<'_>, table: &Table, keys: &Keys) -> Result<String> {
    match find(call.session, table, &in_partition(call, table, keys), call.options.aliases())? {
        (Some(id), _) => Ok(id),
        (None, Some(id)) => Err(Refusal::record_not_found(&table.logical_name, &id)),
        (None, None) => Err(Refusal::key_not_found(&table.logical_name)),
    }
}

/// Returns the keys of a URL, with the partition of the query option.
fn in_partition<'k>(call: &Call<'_>, table: &Table, keys: &'k Keys) -> Cow<'k, Keys> {
    let takes = [Method::GET, Method::DELETE].contains(&call.incoming.method);
    let guid = match keys {
        Keys::One(Literal::Guid(guid) | Literal::Text(guid)) => guid,
        Keys::Named(named) => match named.as_slice() {
            [(name, guid)] if *name == table.primary_id => guid,
            _ => return Cow::Borrowed(keys),
        },
        _ => return Cow::Borrowed(keys),
    };
    match partition_option(table, call.options).filter(|_| takes) {
        Some(partition) => Cow::Owned(Keys::Named(vec![
            (table.primary_id.clone(), guid.clone()),
            (PARTITION.to_owned(), format!("'{}'", partition.replace('\'', "''"))),
        ])),
        None => Cow::Borrowed(keys),
    }
}

/// Returns the URL of a record.
pub(super) fn url(session: &Session<'_>, table: &Table, id: &str) -> String {
    format!("{}/{}({})", session.root, table.entity_set_name, table.key_text(id))
}

/// Returns whether a list of etags names this one.
pub(super) fn matches_etag(tags: &str, etag: &str) -> bool {
    tags.trim() == "*" || tags.split(',').any(|tag| tag.trim() == etag)
}

/// Refuses a request whose `If-Match` does not name the version of the record.
pub(super) fn if_match(call: &Call<'_>, table: &Table, id: &str) -> Result<()> {
    let Some(tags) = call.incoming.condition("If-Match") else { return Ok(()) };
    // Only a caller who may read the record may learn its version.
    call.session.require(READ, table, id)?;
    let version = version_of(call.session, table, id)?.unwrap_or_default();
    if matches_etag(tags, &format!("W/\"{version}\"")) { Ok(()) } else { Err(Refusal::version_mismatch()) }
}
