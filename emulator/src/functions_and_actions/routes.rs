//! Routes of functions and actions.

use http::Method;

use super::operations::{Kind, Operation, named};
use super::parameters::Parameters;
use super::privileges::Asked;
use super::{access, address, initialize, merge, multiple, organization, privileges, state_transition, team};
use crate::definition_writes;
use crate::elastic;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::Json;
use crate::schema::Table;
use crate::session::Call;
use crate::uri::Segment;

/// The namespace before the name of a bound operation.
pub(crate) const NAMESPACE: &str = "Microsoft.Dynamics.CRM.";

/// Bound operations that are implemented.
const BOUND: [&str; 16] = [
    "CreateMultiple",
    "UpdateMultiple",
    "UpsertMultiple",
    "DeleteMultiple",
    "RetrievePrincipalAccess",
    "AddMembersTeam",
    "RemoveMembersTeam",
    "AddPrivilegesRole",
    "ReplacePrivilegesRole",
    "RemovePrivilegeRole",
    "RetrieveUserPrivileges",
    "RetrieveTeamPrivileges",
    "RetrieveUserPrivilegeByPrivilegeName",
    "RetrieveUserPrivilegeByPrivilegeId",
    "RetrieveUserSetOfPrivilegesByNames",
    "RetrieveUserSetOfPrivilegesByIds",
];

/// Answers a request whose path does not start with an entity set: a call of an operation, or something that
/// Dataverse does not have.
pub(crate) fn at_root(call: &Call<'_>, segments: &[Segment]) -> Result<Outgoing> {
    let [first, rest @ ..] = segments else { return Err(Refusal::unknown_segment("")) };
    if let Some(last) = rest.last()
        && let Some(name) = last.name.strip_prefix(NAMESPACE)
        && named(name).iter().any(Operation::is_bound_to_a_table)
    {
        // The operation is bound to a table that the service lacks: the refusal is about the operation.
        return Err(not_here(call, named(name).iter().filter(|each| each.is_bound()), name));
    }
    let mut operations = named(&first.name).iter().filter(|each| !each.is_bound()).peekable();
    let Some(operation) = operations.peek() else {
        let bare = first.name.strip_prefix(NAMESPACE).unwrap_or(&first.name);
        // An operation that is called in another way is not a missing table.
        let is_operation = !named(bare).is_empty();
        return Err(match is_operation {
            true => Refusal::unknown_segment(&first.name),
            false => Refusal::unknown_set(call.session.schema, &first.name),
        });
    };
    let answer = if rest.is_empty() { unbound(call, operation, first) } else { None };
    answer.unwrap_or_else(|| Err(not_here(call, operations, &first.name)))
}

/// Returns the refusal of an operation that Dataverse has: 501, or that of a wrong method.
fn not_here<'o>(call: &Call<'_>, operations: impl Iterator<Item = &'o Operation>, name: &str) -> Refusal {
    let method = &call.incoming.method;
    let mut operations = operations.filter(|each| each.takes(method));
    match operations.next().map(|each| each.kind) {
        Some(Kind::Function) => Refusal::not_implemented(&format!("The function {name}")),
        Some(Kind::Action) => Refusal::not_implemented(&format!("The action {name}")),
        None => Refusal::no_resource(&format!("{}/{}", call.session.root, call.incoming.path)),
    }
}

/// Answers an unbound operation; `None` if it is not implemented, or does not take this method.
fn unbound(call: &Call<'_>, operation: &Operation, segment: &Segment) -> Option<Result<Outgoing>> {
    let session = call.session;
    let parameters = || parameters(call, operation, &segment.name, segment);
    let body = || body(call, operation, &segment.name);
    let shared = || {
        let body = body()?;
        elastic::refuse_sharing(session, &body).map(|()| body)
    };
    Some(match (&call.incoming.method, segment.name.as_str()) {
        (&Method::GET, "WhoAmI") => parameters().map(|_| organization::who_am_i(session)),
        (&Method::GET, "RetrieveVersion") => parameters().map(|_| organization::version(session)),
        (&Method::GET, "RetrieveCurrentOrganization") => {
            parameters().and_then(|all| organization::current(session, &all))
        }
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
        (&Method::GET, "FormatAddress") => parameters().and_then(|all| address::format(session, &all)),
        (&Method::GET, "InitializeFrom") => parameters().and_then(|all| initialize::from(session, &all)),
        (&Method::POST, "GrantAccess") => shared().and_then(|body| access::grant(session, &body)),
        (&Method::POST, "ModifyAccess") => shared().and_then(|body| access::modify(session, &body)),
        (&Method::POST, "RevokeAccess") => body().and_then(|body| access::revoke(session, &body)),
        (&Method::POST, "Merge") => body().and_then(|body| merge::merge(session, &body)),
        (&Method::POST, name) if definition_writes::ACTIONS.contains(&name) => {
            // An action without parameters may have no body.
            let body = if call.incoming.body.is_empty() { Ok(Json::Null) } else { body() };
            body.and_then(|body| definition_writes::act(call, name, &body))
        }
        _ => return None,
    })
}

/// Returns the parameters of a function. Refuses one that the function does not have.
fn parameters(call: &Call<'_>, operation: &Operation, name: &str, segment: &Segment) -> Result<Parameters> {
    let parameters = Parameters::of_function(call.options.aliases(), segment.arguments.as_ref())?;
    operation.require_parameters(name, parameters.names())?;
    Ok(parameters)
}

/// Returns the body of an action. Refuses a member that is not a parameter of the action.
fn body(call: &Call<'_>, operation: &Operation, name: &str) -> Result<Json> {
    let body = call.incoming.json()?;
    if let Json::Object(members) = &body {
        let names = members.iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('@'));
        operation.require_parameters(name, names)?;
    }
    Ok(body)
}

/// Returns the refusal of a segment below a record or an entity set that is not a property. If an operation
/// has this name, the refusal says that the namespace is missing.
pub(crate) fn without_namespace(call: &Call<'_>, table: &Table, on_record: bool, name: &str) -> Refusal {
    let mut operations = named(name).iter().filter(|each| each.is_bound_to(table, on_record));
    if operations.any(|each| each.takes(&call.incoming.method)) {
        let message = "Request message has unresolved parameters.";
        return Refusal::new(http::StatusCode::BAD_REQUEST, "", message);
    }
    Refusal::unknown_segment(name)
}

/// Refuses a call of a bound operation, named without its namespace, that does not exist or is not
/// implemented. Does not check the record first: the refusal is about the operation.
pub(crate) fn require_bound(call: &Call<'_>, table: &Table, on_record: bool, name: &str) -> Result<()> {
    bound_operation(call, table, on_record, name).map(drop)
}

/// Returns the bound operation that a request calls.
fn bound_operation(
    call: &Call<'_>,
    table: &Table,
    on_record: bool,
    name: &str,
) -> Result<&'static Operation> {
    let mut operations = named(name).iter().filter(|each| each.is_bound_to(table, on_record)).peekable();
    if operations.peek().is_none() {
        return Err(Refusal::unknown_segment(&format!("{NAMESPACE}{name}")));
    }
    let called = operations.clone().find(|each| each.takes(&call.incoming.method));
    if let Some(operation) = called.filter(|_| BOUND.contains(&name)) {
        return Ok(operation);
    }
    Err(not_here(call, operations, name))
}

/// Answers an operation that is bound to an entity set, or to one of its records.
pub(crate) fn bound(
    call: &Call<'_>,
    table: &Table,
    id: Option<&str>,
    name: &str,
    segment: &Segment,
) -> Result<Outgoing> {
    let operation = bound_operation(call, table, id.is_some(), name)?;
    let session = call.session;
    let body = || body(call, operation, name);
    if let (Some(message), true, None) = (elastic_message(name), table.elastic, id) {
        return elastic::bulk(call, table, message, &body()?);
    }
    if let Some(id) = id
        && let Some(answer) = privileges_of(call, operation, table, id, name, segment)
    {
        return answer;
    }
    match (name, id) {
        ("CreateMultiple", None) => multiple::create_all(session, table, &body()?),
        ("UpdateMultiple", None) => multiple::update_all(session, table, &body()?),
        ("UpsertMultiple", None) => multiple::upsert_all(session, table, &body()?),
        ("DeleteMultiple", None) => Err(multiple_deletion()),
        ("RetrievePrincipalAccess", Some(id)) => {
            let parameters = parameters(call, operation, name, segment)?;
            access::principal_access(session, table, id, &parameters)
        }
        ("AddMembersTeam", Some(id)) => team::add_members(session, table, id, &body()?),
        ("RemoveMembersTeam", Some(id)) => team::remove_members(session, table, id, &body()?),
        _ => Err(Refusal::not_implemented(name)),
    }
}

/// Answers a function or action on the privileges of a role, a user or a team.
fn privileges_of(
    call: &Call<'_>,
    operation: &Operation,
    table: &Table,
    id: &str,
    name: &str,
    segment: &Segment,
) -> Option<Result<Outgoing>> {
    let session = call.session;
    let body = || body(call, operation, name);
    let change = |replaces| body().and_then(|body| privileges::add(session, table, id, &body, replaces));
    let of = |asked: Asked<'_>| {
        parameters(call, operation, name, segment)
            .and_then(|all| privileges::of_principal(session, table, id, name, &asked, &all))
    };
    Some(match (&call.incoming.method, table.logical_name.as_str(), name) {
        (&Method::POST, "role", "AddPrivilegesRole") => change(false),
        (&Method::POST, "role", "ReplacePrivilegesRole") => change(true),
        (&Method::POST, "role", "RemovePrivilegeRole") => {
            body().and_then(|body| privileges::remove(session, table, id, &body))
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

/// Returns the bulk message with this name.
fn elastic_message(name: &str) -> Option<elastic::Message> {
    Some(match name {
        "CreateMultiple" => elastic::Message::Create,
        "UpdateMultiple" => elastic::Message::Update,
        "UpsertMultiple" => elastic::Message::Upsert,
        "DeleteMultiple" => elastic::Message::Delete,
        _ => return None,
    })
}

/// Returns the refusal of `DeleteMultiple` on a standard table, in Dataverse's words.
fn multiple_deletion() -> Refusal {
    let message = "DeleteMultiple has not yet been implemented.";
    Refusal::new(http::StatusCode::NOT_IMPLEMENTED, "0x80040216", message)
}
