//! Answers that several kinds of requests share.

use http::StatusCode;

use crate::elastic::with_token;
use crate::error::Result;
use crate::http::{JSON, Outgoing};
use crate::json::Json;
use crate::read::{self, Shape};
use crate::session::Call;
use crate::uri::Expand;

/// Returns the answer to a request that has created a record.
pub(super) fn created(call: &Call<'_>, shape: &Shape<'_>, id: &str, location: &str) -> Result<Outgoing> {
    written(call, shape, id, location, StatusCode::CREATED)
}

/// Returns the answer to a request that has changed a record.
pub(super) fn changed(call: &Call<'_>, shape: &Shape<'_>, id: &str, location: &str) -> Result<Outgoing> {
    written(call, shape, id, location, StatusCode::OK)
}

/// Returns the record if the request prefers it; otherwise headers with its URL.
fn written(
    call: &Call<'_>,
    shape: &Shape<'_>,
    id: &str,
    location: &str,
    status: StatusCode,
) -> Result<Outgoing> {
    if !call.preferences.representation {
        let answer = Outgoing::no_content().with("location", location).with("odata-entityid", location);
        return with_token(call.session, shape.table, applied(call, answer));
    }
    let mut record = read::record(call.session, &call.preferences, shape, id)?;
    empty_nested(&mut record, &call.options.expand().unwrap_or_default(), false);
    let etag = record.text("@odata.etag").unwrap_or_default();
    let answer = applied(call, Outgoing::json(status, &record).with("etag", etag));
    with_token(call.session, shape.table, answer)
}

/// Empties the collections within expanded records: Dataverse returns no data of them in a representation.
fn empty_nested(record: &mut Json, expanded: &[Expand], is_nested: bool) {
    let Json::Object(members) = record else { return };
    for each in expanded {
        match members.iter_mut().find(|(name, _)| *name == each.navigation) {
            Some((_, Json::Array(rows))) if is_nested => rows.clear(),
            Some((_, Json::Array(rows))) => {
                rows.iter_mut().for_each(|row| empty_nested(row, &each.expand, true));
            }
            Some((_, row)) => empty_nested(row, &each.expand, true),
            None => {}
        }
    }
}

/// Adds the header `Preference-Applied` to an answer.
pub(super) fn applied(call: &Call<'_>, mut answer: Outgoing) -> Outgoing {
    if let Some(applied) = call.preferences.applied() {
        answer.set("preference-applied", &applied);
    }
    if call.preferences.numbers_as_text && !answer.body.is_empty() {
        answer.set("content-type", &format!("{JSON}; IEEE754Compatible=true"));
    }
    answer
}
