//! `WhoAmI`, `RetrieveVersion`, `RetrieveTotalRecordCount`: what the organization says of itself.

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::Result;
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::session::Session;
use crate::sql::StatementBuilder;
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
        let mut builder = StatementBuilder::new(session);
        let may = builder.may_read(table, "r")?;
        let sql = format!("SELECT count(*) FROM {} r WHERE {may}", table_name(&table.logical_name));
        let mut statement = session.connection.prepare_cached(&sql)?;
        let bound = builder.values_for(&statement);
        let count: i64 = statement.query_row(rusqlite::params_from_iter(bound), |row| row.get(0))?;
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
