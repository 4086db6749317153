//! The privileges of roles, users and teams: `AddPrivilegesRole`, `RetrieveUserPrivileges` and their like.

use std::collections::BTreeMap;

use super::answer::answer;
use super::parameters::Parameters;
use crate::error::{Refusal, Result};
use crate::http::Outgoing;
use crate::json::{Json, object};
use crate::principals;
use crate::rights::{
    Depth, NamedPrivilege, Privilege, RolePrivilege, allow, find_privilege, forbid, forbid_all,
    privileges_of, require_may_give,
};
use crate::schema::Table;
use crate::session::{Caller, Session};
use crate::write::of_entity;

/// The privileges of a user that a request asks for.
pub(super) enum Asked<'t> {
    All,
    /// Those that this parameter lists, by names or by ids.
    Listed(&'t str),
}

/// Answers `AddPrivilegesRole`, and `ReplacePrivilegesRole`, which removes the others.
pub(super) fn add(
    session: &Session<'_>,
    roles: &Table,
    role: &str,
    body: &Json,
    replaces: bool,
) -> Result<Outgoing> {
    session.require(Privilege::Write, roles, role)?;
    principals::require_changeable(session, roles, role)?;
    let Some(Json::Array(all)) = body.get("Privileges") else {
        return Err(Refusal::bad("The parameter 'Privileges' is missing."));
    };
    let mut given = Vec::new();
    for each in all {
        let privilege = named(session, each.text("PrivilegeId").or_else(|| each.text("PrivilegeName")))?;
        let depth = depth(each)?;
        if !privilege.has_depths && depth != Depth::Organization {
            return Err(Refusal::bad(format!(
                "The privilege {} has the depth Global only: its records belong to the organization.",
                privilege.name
            )));
        }
        given.push(RolePrivilege { id: privilege.id, name: privilege.name, depth });
    }
    // A caller cannot give a privilege that they lack. The check comes first: the role may be one of the
    // caller's own.
    require_may_give(session, role, &given)?;
    if replaces {
        forbid_all(session.connection, session.schema, role)?;
    }
    for each in &given {
        allow(session.connection, session.schema, role, &each.id, each.depth)?;
    }
    Ok(Outgoing::no_content())
}

/// Answers `RemovePrivilegeRole`.
pub(super) fn remove(session: &Session<'_>, roles: &Table, role: &str, body: &Json) -> Result<Outgoing> {
    session.require(Privilege::Write, roles, role)?;
    principals::require_changeable(session, roles, role)?;
    let id = match (body.get("Privilege"), body.text("PrivilegeId")) {
        (Some(entity), _) => of_entity(session, entity)?.id,
        (None, Some(id)) => named(session, Some(id))?.id,
        (None, None) => return Err(Refusal::bad("The parameter 'Privilege' is missing.")),
    };
    forbid(session.connection, session.schema, role, &id)?;
    Ok(Outgoing::no_content())
}

/// Answers `RetrieveRolePrivilegesRole`.
pub(super) fn of_role(session: &Session<'_>, parameters: &Parameters) -> Result<Outgoing> {
    let role = parameters.guid("RoleId")?;
    let roles = session.table("role")?;
    if crate::read::version_of(session, roles, &role)?.is_none() {
        return Err(Refusal::record_not_found("role", &role));
    }
    session.require(Privilege::Read, roles, &role)?;
    let all = privileges_of(session.connection, session.schema, &role)?;
    let all = all.iter().map(|each| json(each, &session.caller.business_unit));
    Ok(answer(
        session,
        "RetrieveRolePrivilegesRoleResponse",
        [("RolePrivileges", Json::Array(all.collect()))],
    ))
}

/// Answers `RetrieveUserPrivileges`, `RetrieveTeamPrivileges` and `RetrieveUserPrivilegeBy…`. The privileges
/// of a user include those of the user's teams.
pub(super) fn of_principal(
    session: &Session<'_>,
    table: &Table,
    id: &str,
    name: &str,
    asked: &Asked<'_>,
    parameters: &Parameters,
) -> Result<Outgoing> {
    if session.caller.user != id {
        session.require(Privilege::Read, table, id)?;
    }
    let asked = match asked {
        Asked::All => None,
        Asked::Listed(name) => {
            let one = parameters.text(name).or_else(|_| parameters.guid(name)).map(|one| vec![one]);
            Some(one.or_else(|_| parameters.texts(name))?)
        }
    };
    let caller = principals::principal(session.connection, session.schema, &table.logical_name, id)?;
    let all = held(session, &caller)?;
    let wanted = |each: &&RolePrivilege| {
        asked.as_ref().is_none_or(|asked| asked.iter().any(|text| *text == each.name || *text == each.id))
    };
    let all = all.iter().filter(wanted).map(|each| json(each, &caller.business_unit));
    Ok(answer(session, &format!("{name}Response"), [("RolePrivileges", Json::Array(all.collect()))]))
}

/// Returns the privileges of all roles of a caller, each with its deepest depth.
fn held(session: &Session<'_>, caller: &Caller) -> Result<Vec<RolePrivilege>> {
    let mut all: BTreeMap<String, RolePrivilege> = BTreeMap::new();
    for held in &caller.roles.held {
        for privilege in privileges_of(session.connection, session.schema, &held.role)? {
            let known = all.entry(privilege.name.clone()).or_insert_with(|| privilege.clone());
            known.depth = known.depth.max(privilege.depth);
        }
    }
    Ok(all.into_values().collect())
}

fn json(privilege: &RolePrivilege, unit: &str) -> Json {
    object([
        ("Depth", privilege.depth.name().into()),
        ("PrivilegeId", privilege.id.as_str().into()),
        ("BusinessUnitId", unit.into()),
        ("PrivilegeName", privilege.name.as_str().into()),
    ])
}

fn named(session: &Session<'_>, text: Option<&str>) -> Result<NamedPrivilege> {
    let text = text.ok_or_else(|| Refusal::bad("A privilege has no 'PrivilegeId'."))?;
    let id = crate::value::guid(text).unwrap_or_else(|| text.to_owned());
    find_privilege(session.connection, &id)?.ok_or_else(|| Refusal::record_not_found("privilege", text))
}

/// Returns the depth, by its name or its number in `PrivilegeDepth`.
fn depth(privilege: &Json) -> Result<Depth> {
    let by_number =
        |number: &str| number.parse().ok().and_then(|index: usize| Depth::ALL.get(index).copied());
    let found = match privilege.get("Depth") {
        Some(Json::Text(name)) => Depth::from_name(name).or_else(|| by_number(name)),
        Some(Json::Number(number)) => by_number(number),
        _ => None,
    };
    found.ok_or_else(|| Refusal::bad("The member 'Depth' is not a value of the enumeration PrivilegeDepth."))
}
