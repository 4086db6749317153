//! `$ref`: reads and changes references between records.

use http::{Method, StatusCode};

use super::identity::{existing_id, url};
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::object;
use crate::read::{self, Scope};
use crate::schema::{Navigation, Table};
use crate::session::{Call, Session};
use crate::sql::{READ, StatementBuilder};
use crate::store::{quoted, table_name};
use crate::uri::Keys;
use crate::value::Referenced;
use crate::write::{associate, disassociate, resolve};

pub(super) fn answer<'s>(
    call: &Call<'s>,
    table: &'s Table,
    id: &str,
    navigation: &'s Navigation,
    keys: Option<&Keys>,
) -> Result<Outgoing> {
    let session = call.session;
    let is_one = matches!(navigation, Navigation::One { .. });
    match (&call.incoming.method, keys) {
        (&Method::GET, None) if is_one => {
            let Some(target) = target(call, table, id, navigation)? else {
                return Ok(Outgoing::no_content());
            };
            let other = session.table(&target.table)?;
            let context = format!("{}/$metadata#$ref", session.root);
            let url = url(session, other, &target.id);
            Ok(Outgoing::json(
                StatusCode::OK,
                &object([("@odata.context", context.into()), ("@odata.id", url.into())]),
            ))
        }
        (&Method::GET, None) => {
            session.require(READ, table, id)?;
            let other = other(call, navigation)?;
            let scope = Scope::Related { table, navigation, id: id.to_owned() };
            let path = &call.incoming.path;
            let body = read::collection(session, &call.preferences, other, scope, call.options, path, true)?;
            Ok(Outgoing::json(StatusCode::OK, &body))
        }
        (&Method::PUT, None) if is_one => link(call, table, id, navigation),
        (&Method::POST, None) if !is_one => link(call, table, id, navigation),
        (&Method::DELETE, None) => {
            let named = call.options.get("$id");
            if is_one && named.is_some() {
                return Err(Refusal::bad("A reference of a single-valued navigation property has no '$id'."));
            }
            let target = named.map(|url| reference(session, url)).transpose()?;
            disassociate(session, table, id, navigation, target.as_ref())?;
            Ok(Outgoing::no_content())
        }
        (&Method::DELETE, Some(keys)) if !is_one => {
            let other = other(call, navigation)?;
            let inner = existing_id(call, other, keys)?;
            let target = Referenced { table: other.logical_name.clone(), id: inner };
            disassociate(session, table, id, navigation, Some(&target))?;
            Ok(Outgoing::no_content())
        }
        (method, _) => Err(Refusal::method_not_allowed(method)),
    }
}

fn link(call: &Call<'_>, table: &Table, id: &str, navigation: &Navigation) -> Result<Outgoing> {
    let body = call.incoming.json()?;
    let url = body.text("@odata.id").ok_or_else(|| {
        Refusal::payload(&table.entity_set_name, "a reference needs the annotation 'odata.id'")
    })?;
    let target = reference(call.session, url)?;
    associate(call.session, table, id, navigation, &target)?;
    Ok(Outgoing::no_content())
}

/// Returns the record that a reference names. References are absolute URLs, or the content-ids of a change
/// set.
fn reference(session: &Session<'_>, url: &str) -> Result<Referenced> {
    if url.starts_with('$') || url.contains("://") {
        resolve(session, url)
    } else {
        Err(Refusal::bad(format!("Invalid URI: the reference '{url}' must be an absolute URL.")))
    }
}

fn other<'s>(call: &Call<'s>, navigation: &Navigation) -> Result<&'s Table> {
    match navigation {
        Navigation::Many { table, .. } | Navigation::Association { table, .. } => call.session.table(table),
        Navigation::One { name, .. } => Err(Refusal::unknown_segment(name)),
    }
}

/// Returns the record that a lookup names, if it names one of the property's tables.
pub(super) fn target(
    call: &Call<'_>,
    table: &Table,
    id: &str,
    navigation: &Navigation,
) -> Result<Option<Referenced>> {
    let Navigation::One { column, targets, .. } = navigation else { return Ok(None) };
    call.session.require(READ, table, id)?;
    let found = read::target(call.session, table, id, column)?;
    Ok(found.filter(|(table, _)| targets.contains(table)).map(|(table, id)| Referenced { table, id }))
}

/// Refuses a record that does not belong to a collection.
pub(super) fn require_member<'s>(
    call: &Call<'s>,
    table: &'s Table,
    id: &str,
    navigation: &'s Navigation,
    other: &'s Table,
    inner: &str,
) -> Result<()> {
    let mut builder = StatementBuilder::new(call.session);
    let mine = builder.bind(id.to_owned());
    let members = builder.members(navigation, table, &mine, other, "r");
    let theirs = builder.bind(inner.to_owned());
    let sql = format!(
        "SELECT 1 FROM {} r WHERE r.{} = {theirs} AND {members}",
        table_name(&other.logical_name),
        quoted(&other.primary_id)
    );
    if call.session.connection.prepare_cached(&sql)?.exists(rusqlite::params_from_iter(builder.values))? {
        Ok(())
    } else {
        Err(Refusal::record_not_found(&other.logical_name, inner))
    }
}
