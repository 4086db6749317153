//! Functions and actions.

mod access;
mod multiple;
mod parameters;
mod state_transition;

use http::{Method, StatusCode};

use crate::call::Call;
use crate::error::{Refusal, Result};
use crate::json::{Json, object};
use crate::message::Outgoing;
use crate::schema::Table;
use crate::session::Session;
use crate::store::table_name;
use crate::uri::Segment;
use parameters::Parameters;

/// The version in answers.
const VERSION: &str = "9.2.24114.207";

/// The functions and actions that are bound to nothing.
pub(crate) const NAMES: [&str; 8] = [
    "WhoAmI",
    "RetrieveVersion",
    "RetrieveTotalRecordCount",
    "IsValidStateTransition",
    "RetrieveSharedPrincipalsAndAccess",
    "GrantAccess",
    "ModifyAccess",
    "RevokeAccess",
];

/// Answers a function or action that is bound to nothing; nothing if there is none of that name and method.
pub(crate) fn unbound(call: &Call<'_>, segment: &Segment) -> Option<Result<Outgoing>> {
    let session = call.session;
    let parameters = || Parameters::of_function(call.options.aliases(), segment.arguments.as_ref());
    let body = || call.incoming.json();
    Some(match (&call.incoming.method, segment.name.as_str()) {
        (&Method::GET, "WhoAmI") => Ok(who_am_i(session)),
        (&Method::GET, "RetrieveVersion") => {
            Ok(answer(session, "RetrieveVersionResponse", [("Version", VERSION.into())]))
        }
        (&Method::GET, "RetrieveTotalRecordCount") => parameters().and_then(|all| total_count(session, &all)),
        (&Method::GET, "IsValidStateTransition") => {
            parameters().and_then(|all| state_transition::is_valid(session, &all))
        }
        (&Method::GET, "RetrieveSharedPrincipalsAndAccess") => {
            parameters().and_then(|all| access::shared_principals(session, &all))
        }
        (&Method::POST, "GrantAccess") => body().and_then(|body| access::grant(session, &body)),
        (&Method::POST, "ModifyAccess") => body().and_then(|body| access::modify(session, &body)),
        (&Method::POST, "RevokeAccess") => body().and_then(|body| access::revoke(session, &body)),
        _ => return None,
    })
}

/// Answers a function or action that is bound to an entity set, or to one of its records.
pub(crate) fn bound(
    call: &Call<'_>,
    table: &Table,
    id: Option<&str>,
    name: &str,
    segment: &Segment,
) -> Result<Outgoing> {
    let session = call.session;
    match (&call.incoming.method, name, id) {
        (&Method::POST, "CreateMultiple", None) => {
            multiple::create_all(session, table, &call.incoming.json()?)
        }
        (&Method::POST, "UpdateMultiple", None) => {
            multiple::update_all(session, table, &call.incoming.json()?)
        }
        (&Method::POST, "UpsertMultiple", None) => {
            multiple::upsert_all(session, table, &call.incoming.json()?)
        }
        (&Method::GET, "RetrievePrincipalAccess", Some(id))
            if ["systemuser", "team"].contains(&table.logical_name.as_str()) =>
        {
            let parameters = Parameters::of_function(call.options.aliases(), segment.arguments.as_ref())?;
            access::principal_access(session, table, id, &parameters)
        }
        _ => Err(Refusal::no_resource(&format!("{}/{}", session.root, call.incoming.path))),
    }
}

/// The answer of a function.
fn answer<const N: usize>(session: &Session<'_>, name: &str, members: [(&str, Json); N]) -> Outgoing {
    let context = format!("{}/$metadata#Microsoft.Dynamics.CRM.{name}", session.root);
    let mut all = vec![("@odata.context".to_owned(), Json::Text(context))];
    all.extend(members.into_iter().map(|(name, value)| (name.to_owned(), value)));
    Outgoing::json(StatusCode::OK, &Json::Object(all))
}

fn who_am_i(session: &Session<'_>) -> Outgoing {
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

fn total_count(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
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
