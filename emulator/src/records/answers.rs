//! Answers that several requests have in common.

use http::StatusCode;

use crate::error::Result;
use crate::http::Outgoing;
use crate::read::{self, Shape};
use crate::session::Call;

/// The answer to a request that has created a record.
pub(super) fn created(call: &Call<'_>, shape: &Shape<'_>, id: &str, location: &str) -> Result<Outgoing> {
    let answer = representation(call, shape, id, StatusCode::CREATED)?;
    Ok(applied(call, answer.with("odata-entityid", location).with("location", location)))
}

/// The answer to a request that has changed a record.
pub(super) fn changed(call: &Call<'_>, shape: &Shape<'_>, id: &str, location: &str) -> Result<Outgoing> {
    let answer = representation(call, shape, id, StatusCode::OK)?;
    Ok(applied(call, answer.with("odata-entityid", location)))
}

/// The record, where the request prefers it.
fn representation(call: &Call<'_>, shape: &Shape<'_>, id: &str, status: StatusCode) -> Result<Outgoing> {
    if !call.preferences.representation {
        return Ok(Outgoing::no_content());
    }
    Ok(Outgoing::json(status, &read::record(call.session, &call.preferences, shape, id)?))
}

/// The answer, with the preferences that were followed.
pub(super) fn applied(call: &Call<'_>, mut answer: Outgoing) -> Outgoing {
    if let Some(applied) = call.preferences.applied() {
        answer.set("preference-applied", &applied);
    }
    answer
}
