//! `WhoAmI`, `RetrieveVersion`, `RetrieveTotalRecordCount`: what the organization says of itself.

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::Result;
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::session::Session;
use crate::store::table_name;

/// The version in answers.
const VERSION: &str = "9.2.24114.207";

pub(super) fn who_am_i(session: &Session<'_>) -> Outgoing {
    let caller = &session.caller;
    answer(
        session,
        "WhoAmIResponse",
        [
            ("BusinessUnitId", caller.business_unit.as_str().into()),
            ("UserId", caller.user.as_str().into()),
            ("OrganizationId", caller.organization.as_str().into()),
        ],
    )
}

pub(super) fn version(session: &Session<'_>) -> Outgoing {
    answer(session, "RetrieveVersionResponse", [("Version", VERSION.into())])
}

pub(super) fn total_count(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    for name in parameters.texts("EntityNames")? {
        let table = session.table(&name)?;
        let sql = format!("SELECT count(*) FROM {}", table_name(&table.logical_name));
        let count: i64 = session.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        keys.push(Json::Text(name));
        values.push(Json::Number(count.to_string()));
    }
    let count = Json::Number(keys.len().to_string());
    let collection = object([
        ("Count", count),
        ("IsReadOnly", Json::Bool(false)),
        ("Keys", Json::Array(keys)),
        ("Values", Json::Array(values)),
    ]);
    Ok(answer(session, "RetrieveTotalRecordCountResponse", [("EntityRecordCountCollection", collection)]))
}
