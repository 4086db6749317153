//! Requests for one column of one record.

use http::{Method, StatusCode};

use super::identity::if_match;
use super::single::alternate;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::http::Preferences;
use crate::json::{Json, object};
use crate::read::{self, Shape};
use crate::schema::{Column, Kind, Table};
use crate::session::Call;
use crate::uri::{Keys, Segment};
use crate::write::{Draft, Purpose, key_values, update};

pub(super) fn answer<'s>(
    call: &Call<'s>,
    table: &'s Table,
    keys: &Keys,
    id: &str,
    column: &Column,
    rest: &[Segment],
) -> Result<Outgoing> {
    let raw = match rest {
        [] => false,
        [one] if one.name == "$value" => true,
        [other, ..] => return Err(Refusal::unknown_segment(&other.name)),
    };
    // Files and full-size images travel as bytes.
    if matches!(column.kind, Kind::File) || matches!(column.kind, Kind::Image) && (raw || is_upload(call)) {
        return Err(Refusal::not_implemented(&format!(
            "Reading or writing the file of '{}'",
            column.logical_name
        )));
    }
    match call.incoming.method {
        Method::GET => read_value(call, table, id, column, raw),
        Method::PUT | Method::DELETE if !raw => write_value(call, table, keys, id, column),
        _ => Err(Refusal::method_not_allowed(&call.incoming.method)),
    }
}

fn read_value(call: &Call<'_>, table: &Table, id: &str, column: &Column, raw: bool) -> Result<Outgoing> {
    let session = call.session;
    let property = column.property();
    let shape = Shape::new(session, table, Some(vec![property.clone()]), Vec::new())?;
    let plain = Preferences { numbers_as_text: call.preferences.numbers_as_text, ..Preferences::default() };
    let record = read::record_json(session, &plain, &shape, id)?;
    let value = record.get(&property).cloned().unwrap_or(Json::Null);
    if matches!(value, Json::Null) {
        return Ok(Outgoing::no_content());
    }
    if raw {
        let text = value.as_str().map_or_else(|| value.to_bytes(), |text| text.as_bytes().to_vec());
        return Ok(Outgoing::bytes(StatusCode::OK, "text/plain", text));
    }
    let (root, set, key) = (&session.root, &table.entity_set_name, table.key_text(id));
    let context = format!("{root}/$metadata#{set}({key})/{property}");
    Ok(Outgoing::json(StatusCode::OK, &object([("@odata.context", context.into()), ("value", value)])))
}

fn write_value<'s>(
    call: &Call<'s>,
    table: &'s Table,
    keys: &Keys,
    id: &str,
    column: &Column,
) -> Result<Outgoing> {
    if column.kind.is_lookup() {
        return Err(Refusal::scalar_lookup());
    }
    let session = call.session;
    let value = if call.incoming.method == Method::PUT {
        let body = call.incoming.json()?;
        let value = body.get("value").cloned();
        value.ok_or_else(|| Refusal::payload(&table.entity_set_name, "the body has no member 'value'"))?
    } else {
        Json::Null
    };
    if_match(call, table, id)?;
    let body = Json::Object(vec![(column.property(), value)]);
    let mut draft = Draft::read(session, table, Purpose::Update, &body)?;
    if let Some(named) = alternate(table, keys) {
        draft.forget(&key_values(table, named, call.options.aliases())?);
    }
    update(session, id, draft)?;
    crate::elastic::with_token(session, table, Outgoing::no_content())
}

/// Returns whether a request sends a file, or starts to send one in parts.
fn is_upload(call: &Call<'_>) -> bool {
    call.incoming.method == Method::PATCH
        || call.incoming.headers.get("content-type").is_some_and(|kind| kind == "application/octet-stream")
}
