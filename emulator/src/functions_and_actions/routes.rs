//! Which function or action a request calls.

use http::Method;

use super::parameters::Parameters;
use super::privileges::Asked;
use super::{access, multiple, organization, privileges, state_transition};
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::schema::Table;
use crate::session::Call;
use crate::uri::Segment;

/// The functions and actions that are bound to nothing.
pub(crate) const NAMES: [&str; 9] = [
    "WhoAmI",
    "RetrieveVersion",
    "RetrieveTotalRecordCount",
    "IsValidStateTransition",
    "RetrieveSharedPrincipalsAndAccess",
    "RetrieveRolePrivilegesRole",
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
        (&Method::GET, "WhoAmI") => Ok(organization::who_am_i(session)),
        (&Method::GET, "RetrieveVersion") => Ok(organization::version(session)),
        (&Method::GET, "RetrieveTotalRecordCount") => {
            parameters().and_then(|all| organization::total_count(session, &all))
        }
        (&Method::GET, "IsValidStateTransition") => {
            parameters().and_then(|all| state_transition::is_valid(session, &all))
        }
        (&Method::GET, "RetrieveSharedPrincipalsAndAccess") => {
            parameters().and_then(|all| access::shared_principals(session, &all))
        }
        (&Method::GET, "RetrieveRolePrivilegesRole") => {
            parameters().and_then(|all| privileges::of_role(session, &all))
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
    if let Some(id) = id
        && let Some(answer) = privileges_of(call, table, id, name, segment)
    {
        return answer;
    }
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

/// Answers a function or action on the privileges of a role, a user or a team.
fn privileges_of(
    call: &Call<'_>,
    table: &Table,
    id: &str,
    name: &str,
    segment: &Segment,
) -> Option<Result<Outgoing>> {
    let session = call.session;
    let change =
        |replaces| call.incoming.json().and_then(|body| privileges::add(session, table, id, &body, replaces));
    let of = |asked: Asked<'_>| {
        let parameters = Parameters::of_function(call.options.aliases(), segment.arguments.as_ref());
        parameters.and_then(|all| privileges::of_principal(session, table, id, name, &asked, &all))
    };
    Some(match (&call.incoming.method, table.logical_name.as_str(), name) {
        (&Method::POST, "role", "AddPrivilegesRole") => change(false),
        (&Method::POST, "role", "ReplacePrivilegesRole") => change(true),
        (&Method::POST, "role", "RemovePrivilegeRole") => {
            call.incoming.json().and_then(|body| privileges::remove(session, table, id, &body))
        }
        (&Method::GET, "systemuser", "RetrieveUserPrivileges")
        | (&Method::GET, "team", "RetrieveTeamPrivileges") => of(Asked::All),
        (&Method::GET, "systemuser", "RetrieveUserPrivilegeByPrivilegeName") => {
            of(Asked::Listed("PrivilegeName"))
        }
        (&Method::GET, "systemuser", "RetrieveUserPrivilegeByPrivilegeId") => {
            of(Asked::Listed("PrivilegeId"))
        }
        (&Method::GET, "systemuser", "RetrieveUserSetOfPrivilegesByNames") => {
            of(Asked::Listed("PrivilegeNames"))
        }
        (&Method::GET, "systemuser", "RetrieveUserSetOfPrivilegesByIds") => of(Asked::Listed("PrivilegeIds")),
        _ => return None,
    })
}
