//! Answers that several requests have in common.

use http::StatusCode;

use crate::error::Result;
use crate::http::Outgoing;
use crate::json::Json;
use crate::read::{self, Shape};
use crate::session::Call;

/// The answer to a request that has created a record.
pub(super) fn created(call: &Call<'_>, shape: &Shape<'_>, id: &str, location: &str) -> Result<Outgoing> {
    let answer = if call.preferences.representation {
        let body: Json = read::record(call.session, &call.preferences, shape, id)?;
        Outgoing::json(StatusCode::CREATED, &body)
    } else {
        Outgoing::no_content()
    };
    let mut answer = answer.with("odata-entityid", location).with("location", location);
    if let Some(applied) = call.preferences.applied() {
        answer.set("preference-applied", &applied);
    }
    Ok(answer)
}
