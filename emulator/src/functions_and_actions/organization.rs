//! `WhoAmI`, `RetrieveVersion`, `RetrieveCurrentOrganization`, `RetrieveTotalRecordCount`.

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::{Refusal, Result};
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

/// Answers `RetrieveCurrentOrganization`.
pub(super) fn current(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let access = parameters.text("AccessType")?;
    if !["Default", "Internet", "Intranet"].contains(&access.as_str()) {
        let message = format!("'{access}' is not a value of the enumeration EndpointAccessType.");
        return Err(Refusal::bad(message));
    }
    let host = session.root.split("/api/data").next().unwrap_or_default();
    let name = host.split("//").nth(1).and_then(|host| host.split(['.', ':']).next()).unwrap_or_default();
    let organization = session.caller.organization.as_str();
    // The emulator has none of these. The ids are constant, so that all answers agree.
    let made_up = |start: &str| format!("{start}{}", organization.get(8..).unwrap_or_default());
    let digits: String = organization.chars().filter(char::is_ascii_hexdigit).take(28).collect();
    let endpoints = object([
        ("Count", Json::Number("3".to_owned())),
        ("IsReadOnly", Json::Bool(false)),
        (
            "Keys",
            Json::Array(vec![
                "WebApplication".into(),
                "OrganizationService".into(),
                "OrganizationDataService".into(),
            ]),
        ),
        (
            "Values",
            Json::Array(vec![
                format!("{host}/").into(),
                format!("{host}/XRMServices/2011/Organization.svc").into(),
                format!("{host}/XRMServices/2011/OrganizationData.svc").into(),
            ]),
        ),
    ]);
    let detail = object([
        ("OrganizationId", organization.into()),
        ("FriendlyName", name.into()),
        ("OrganizationVersion", VERSION.into()),
        ("EnvironmentId", made_up("e0000000").into()),
        ("DatacenterId", made_up("d0000000").into()),
        ("Geo", "NA".into()),
        ("TenantId", made_up("a0000000").into()),
        ("UrlName", name.into()),
        ("UniqueName", format!("unq{digits}").into()),
        ("Endpoints", endpoints),
        ("State", "Enabled".into()),
    ]);
    Ok(answer(session, "RetrieveCurrentOrganizationResponse", [("Detail", detail)]))
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
