//! Privileges and roles in the database.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::held::pair_columns;
use super::reach::Reach;
use crate::error::{Refusal, Result};
use crate::schema::{Depth, Schema, privilege_id};
use crate::session::{Caller, Session};
use crate::store::{current_version, pairs_name, table_name};

/// The privilege to act for other users.
pub(crate) const ACT_ON_BEHALF: &str = "prvActOnBehalfOfAnotherUser";
/// The privileges to move users, teams and business units to another business unit.
pub(crate) const REPARENT: [(&str, &str, &str); 3] = [
    ("systemuser", "businessunitid", "prvReparentUser"),
    ("team", "businessunitid", "prvReparentTeam"),
    ("businessunit", "parentbusinessunitid", "prvReparentBusinessUnit"),
];

/// A privilege of a role.
#[derive(Debug, Clone)]
pub(crate) struct RolePrivilege {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) depth: Depth,
}

/// A privilege in the database.
#[derive(Debug, Clone)]
pub(crate) struct NamedPrivilege {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Whether the privilege has depths below Organization.
    pub(crate) has_depths: bool,
}

/// Adds the missing privileges of all tables to the database and to the two predefined roles. System
/// Administrator gets all privileges; Basic User gets those on own records, and Read on tables without
/// owners.
pub(crate) fn make_ready(
    connection: &Connection,
    schema: &Schema,
    administrator: &str,
    user: &str,
) -> rusqlite::Result<()> {
    use crate::schema::Privilege::{Append, AppendTo, Read};
    let version = current_version(connection)?;
    let insert = format!(
        r#"INSERT OR IGNORE INTO {} (privilegeid, name, accessright, canbebasic, canbelocal, canbedeep, canbeglobal,
            canbeentityreference, canbeparententityreference, ismanaged, versionnumber, "@version", "@since")
           VALUES (?1, ?2, ?3, ?4, ?4, ?4, 1, 0, 0, 0, ?5, ?5, ?5)"#,
        table_name("privilege")
    );
    let mut insert = connection.prepare_cached(&insert)?;
    for table in schema.tables() {
        for each in &table.privileges {
            let new =
                insert.execute(params![each.id, each.name, each.kind.bit(), each.has_depths, version])? > 0;
            if !new {
                continue;
            }
            allow(connection, schema, administrator, &each.id, Depth::Organization)?;
            if table.owner().is_some() {
                allow(connection, schema, user, &each.id, Depth::User)?;
            } else if matches!(each.kind, Read | Append | AppendTo) {
                allow(connection, schema, user, &each.id, Depth::Organization)?;
            }
        }
    }
    let others = REPARENT.iter().map(|(_, _, name)| *name);
    for name in core::iter::once(ACT_ON_BEHALF).chain(others) {
        if insert.execute(params![privilege_id(name), name, 0, false, version])? > 0 {
            allow(connection, schema, administrator, &privilege_id(name), Depth::Organization)?;
        }
    }
    Ok(())
}

/// Returns the columns of the pairs of roles and privileges.
fn columns(schema: &Schema) -> (&'static str, &'static str) {
    pair_columns(schema, "roleprivileges", "role")
        .unwrap_or((crate::store::PAIRS_FIRST, crate::store::PAIRS_SECOND))
}

/// Adds a privilege to a role. Keeps a deeper one that the role has already.
pub(crate) fn allow(
    connection: &Connection,
    schema: &Schema,
    role: &str,
    privilege: &str,
    depth: Depth,
) -> rusqlite::Result<()> {
    let (roles, privileges) = columns(schema);
    let sql = format!(
        "INSERT INTO {} ({roles}, {privileges}, depth) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET depth = max(depth, excluded.depth)",
        pairs_name("roleprivileges")
    );
    connection.prepare_cached(&sql)?.execute(params![role, privilege, depth.mask()])?;
    Ok(())
}

/// Removes a privilege from a role.
pub(crate) fn forbid(connection: &Connection, schema: &Schema, role: &str, privilege: &str) -> Result<()> {
    let (roles, privileges) = columns(schema);
    let sql =
        format!("DELETE FROM {} WHERE {roles} = ?1 AND {privileges} = ?2", pairs_name("roleprivileges"));
    connection.prepare_cached(&sql)?.execute([role, privilege])?;
    Ok(())
}

/// Removes the privileges that only the old schema has, from the database and from all roles.
pub(crate) fn forget_privileges(connection: &Connection, old: &Schema, new: &Schema) -> rusqlite::Result<()> {
    let ids = |schema: &Schema| -> HashSet<String> {
        schema.tables().iter().flat_map(|table| &table.privileges).map(|each| each.id.clone()).collect()
    };
    let (before, after) = (ids(old), ids(new));
    for id in before.difference(&after) {
        let pairs = format!("DELETE FROM {} WHERE {} = ?1", pairs_name("roleprivileges"), columns(new).1);
        connection.prepare_cached(&pairs)?.execute([id])?;
        let privilege = format!("DELETE FROM {} WHERE privilegeid = ?1", table_name("privilege"));
        connection.prepare_cached(&privilege)?.execute([id])?;
    }
    Ok(())
}

/// Removes all privileges from a role.
pub(crate) fn forbid_all(connection: &Connection, schema: &Schema, role: &str) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE {} = ?1", pairs_name("roleprivileges"), columns(schema).0);
    connection.prepare_cached(&sql)?.execute([role])?;
    Ok(())
}

/// Returns the privileges of a role, by their names.
pub(crate) fn privileges_of(
    connection: &Connection,
    schema: &Schema,
    role: &str,
) -> Result<Vec<RolePrivilege>> {
    let (roles, privileges) = columns(schema);
    let sql = format!(
        "SELECT p.privilegeid, p.name, r.depth FROM {} r JOIN {} p ON p.privilegeid = r.{privileges}
         WHERE r.{roles} = ?1 ORDER BY p.name",
        pairs_name("roleprivileges"),
        table_name("privilege")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([role])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(depth) = Depth::from_mask(row.get(2)?) {
            all.push(RolePrivilege { id: row.get(0)?, name: row.get(1)?, depth });
        }
    }
    Ok(all)
}

/// Returns the privilege with this id, or with this name.
pub(crate) fn find_privilege(connection: &Connection, text: &str) -> Result<Option<NamedPrivilege>> {
    let sql = format!(
        "SELECT privilegeid, name, canbebasic FROM {} WHERE privilegeid = ?1 OR name = ?1",
        table_name("privilege")
    );
    let found = connection.prepare_cached(&sql)?.query_row([text], |row| {
        Ok(NamedPrivilege { id: row.get(0)?, name: row.get(1)?, has_depths: row.get(2)? })
    });
    Ok(found.optional()?)
}

/// Returns whether the caller's roles have a privilege that belongs to no table.
pub(crate) fn has_named(
    connection: &Connection,
    schema: &Schema,
    caller: &Caller,
    name: &str,
) -> Result<bool> {
    Ok(caller.administrator || Reach::of(connection, schema, caller, &privilege_id(name))?.is_some())
}

/// Refuses unless the caller has all privileges of a role, each at least as deep from this business unit: a
/// caller cannot give a privilege that they lack.
pub(super) fn require_holds(session: &Session<'_>, role: &str, unit: &str) -> Result<()> {
    if session.caller.administrator {
        return Ok(());
    }
    require_held(session, &privileges_of(session.connection, session.schema, role)?, unit)
}

/// Refuses unless the caller has all of these privileges, each at least as deep from this business unit.
fn require_held(session: &Session<'_>, privileges: &[RolePrivilege], unit: &str) -> Result<()> {
    let caller = &session.caller;
    let mut missing = Vec::new();
    for privilege in privileges {
        let reach = Reach::of(session.connection, session.schema, caller, &privilege.id)?;
        if !reach.map_or(Ok(false), |reach| reach.has(session.connection, privilege.depth, unit))? {
            missing.push(privilege);
        }
    }
    let Some(first) = missing.first() else { return Ok(()) };
    Err(Refusal::new(
        http::StatusCode::FORBIDDEN,
        "0x80040220",
        format!(
            "RoleService::VerifyCallerPrivileges failed. User: {user}, UserBU: {own}, PrivilegeName: {name}, PrivilegeId: {id}, \
             Depth: {depth}, BusinessUnitId: {unit}, MissingPrivilegeCount: {count}",
            user = caller.user,
            own = caller.business_unit,
            name = first.name,
            id = first.id,
            depth = first.depth.name(),
            count = missing.len()
        ),
    ))
}

/// Refuses to add privileges to a role unless the caller has them, both in the caller's business unit and in
/// each one where the caller has the role.
pub(crate) fn require_may_give(
    session: &Session<'_>,
    role: &str,
    privileges: &[RolePrivilege],
) -> Result<()> {
    let caller = &session.caller;
    if caller.administrator {
        return Ok(());
    }
    require_held(session, privileges, &caller.business_unit)?;
    let own = caller.roles.held.iter().filter(|held| held.role == role);
    own.map(|held| &held.unit).try_for_each(|unit| require_held(session, privileges, unit))
}

/// Returns the refusal of a caller whose roles do not have a privilege; `place` is the message's words for
/// the table.
pub(super) fn missing(session: &Session<'_>, name: &str, id: &str, place: &str) -> Result<Refusal> {
    let caller = &session.caller;
    let held = &caller.roles.held;
    if held.is_empty() && !caller.roles.everything {
        return Ok(Refusal::no_roles(&caller.user, name));
    }
    let roles: std::collections::BTreeSet<&str> = held.iter().map(|each| each.role.as_str()).collect();
    let mut privileges = std::collections::BTreeSet::new();
    for role in &roles {
        let all = privileges_of(session.connection, session.schema, role)?;
        privileges.extend(all.into_iter().map(|each| each.id));
    }
    let sql =
        format!("SELECT coalesce(accessmode, 0) FROM {} WHERE systemuserid = ?1", table_name("systemuser"));
    let access_mode: Option<i64> =
        session.connection.prepare_cached(&sql)?.query_row([&caller.user], |row| row.get(0)).optional()?;
    Ok(Refusal::missing_privilege(&format!(
        "Principal user (Id={}, type=8, roleCount={}, privilegeCount={}, accessMode={}), is missing {name} privilege \
         (Id={id}){place}",
        caller.user,
        roles.len(),
        privileges.len(),
        access_mode.unwrap_or_default()
    )))
}
