//! Users, teams and business units: callers, and the business unit that each belongs to.

use rusqlite::{OptionalExtension, params};

use crate::error::{Refusal, Result};
use crate::rights::{ACT_ON_BEHALF, REPARENT, RoleHeld, Roles, has_named, pair_columns};
use crate::schema::{Schema, Table};
use crate::session::{Caller, Session};
use crate::store::{pairs_name, setting, table_name};

/// The name of the security role that allows everything. The emulator recognizes the role by its id, not by
/// this name.
pub(crate) const ADMINISTRATOR_ROLE: &str = "System Administrator";
/// The name of the security role that allows everything on own records, and Read on tables without owners.
pub(crate) const USER_ROLE: &str = "Basic User";
/// The name of the security role that allows acting for others.
pub(crate) const DELEGATE_ROLE: &str = "Delegate";
const TEAMS: &str = "teammembership";

/// Returns the business unit of a user or team.
pub(crate) fn business_unit(session: &Session<'_>, table: &str, id: &str) -> Result<Option<String>> {
    unit_of(session.connection, session.schema, table, id)
}

fn unit_of(
    connection: &rusqlite::Connection,
    schema: &Schema,
    table: &str,
    id: &str,
) -> Result<Option<String>> {
    let Some(table) = schema.table(table).filter(|table| table.column("businessunitid").is_some()) else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT businessunitid FROM {} WHERE {} = ?1",
        table_name(&table.logical_name),
        crate::store::quoted(&table.primary_id)
    );
    Ok(connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?.flatten())
}

/// Returns the ids on one side of a many-to-many relationship with the record on the other side.
fn paired(
    connection: &rusqlite::Connection,
    schema: &Schema,
    intersect: &str,
    table: &str,
    id: &str,
) -> Result<Vec<String>> {
    let Some((mine, theirs)) = pair_columns(schema, intersect, table) else { return Ok(Vec::new()) };
    let sql = format!("SELECT {theirs} FROM {} WHERE {mine} = ?1", pairs_name(intersect));
    let mut statement = connection.prepare_cached(&sql)?;
    let ids = statement.query_map([id], |row| row.get(0))?.collect::<core::result::Result<_, _>>()?;
    Ok(ids)
}

/// Returns the id of the role System Administrator.
fn administrator_role(connection: &rusqlite::Connection) -> Result<Option<String>> {
    Ok(setting(connection, "role")?)
}

/// Returns whether a user is disabled. Teams and business units never are.
pub(crate) fn is_disabled(connection: &rusqlite::Connection, users: &Table, user: &str) -> Result<bool> {
    if users.column("isdisabled").is_none_or(|column| !column.is_stored()) {
        return Ok(false);
    }
    let (name, key) = (table_name(&users.logical_name), crate::store::quoted(&users.primary_id));
    let sql = format!("SELECT coalesce(isdisabled, 0) FROM {name} WHERE {key} = ?1");
    let disabled: Option<bool> =
        connection.prepare_cached(&sql)?.query_row([user], |row| row.get(0)).optional()?;
    Ok(disabled.unwrap_or(false))
}

/// Returns the caller: the user of the connection, or the one that a header names.
///
/// # Errors
///
/// Returns an error if the user is disabled, or may not act for the other.
pub(crate) fn caller(
    connection: &rusqlite::Connection,
    schema: &Schema,
    connected: &str,
    impersonated: Option<Impersonated<'_>>,
) -> Result<Caller> {
    let disabled = |user: &str| match schema.table("systemuser") {
        Some(users) => is_disabled(connection, users, user),
        None => Ok(false),
    };
    if disabled(connected)? {
        return Err(Refusal::user_disabled());
    }
    let me = principal(connection, schema, "systemuser", connected)?;
    let Some(named) = impersonated else { return Ok(me) };
    // A header that names the user of the connection changes nothing.
    let user = impersonated_user(connection, schema, named);
    if user.as_ref().is_ok_and(|user| user == connected) {
        return Ok(me);
    }
    if !has_named(connection, schema, &me, ACT_ON_BEHALF)? {
        let message =
            format!("Principal user (Id={connected}, type=8) is missing {ACT_ON_BEHALF} privilege.");
        return Err(Refusal::missing_privilege(&message));
    }
    let user = user?;
    if disabled(&user)? {
        let message = format!(
            "The user with SystemUserId={user} in OrganizationContext={} is disabled. Disabled users cannot access the \
             system. Consider enabling this user. Also, users are disabled if they don't have a license assigned to them.",
            me.organization
        );
        return Err(Refusal { message, ..Refusal::user_disabled() });
    }
    let mut other = principal(connection, schema, "systemuser", &user)?;
    if !me.administrator {
        // The request has a privilege only if both users have it.
        other.roles.everything = core::mem::take(&mut other.administrator);
        other.roles.limit = Some(me.roles.held);
    }
    other.acting = Some(me.user);
    Ok(other)
}

/// Returns a user or a team as a caller, with its roles.
pub(crate) fn principal(
    connection: &rusqlite::Connection,
    schema: &Schema,
    table: &str,
    id: &str,
) -> Result<Caller> {
    let unit = unit_of(connection, schema, table, id)?.unwrap_or_default();
    let mut held = RoleHeld::of(connection, schema, table, id, &unit)?;
    let teams =
        if table == "systemuser" { paired(connection, schema, TEAMS, table, id)? } else { Vec::new() };
    for team in &teams {
        let unit = unit_of(connection, schema, "team", team)?.unwrap_or_default();
        held.extend(RoleHeld::of(connection, schema, "team", team, &unit)?);
    }
    let administrator = administrator_role(connection)?;
    let administrator = held.iter().any(|each| Some(&each.role) == administrator.as_ref());
    Ok(Caller {
        administrator,
        business_unit: unit,
        organization: setting(connection, "organization")?.unwrap_or_default(),
        teams,
        acting: None,
        user: id.to_owned(),
        roles: Roles::held(held),
    })
}

/// Refuses to change the role System Administrator, which an organization cannot lose.
pub(crate) fn require_changeable(session: &Session<'_>, table: &Table, role: &str) -> Result<()> {
    if table.logical_name == "role" && administrator_role(session.connection)?.as_deref() == Some(role) {
        return Err(Refusal::bad(format!("The security role {ADMINISTRATOR_ROLE} cannot be changed.")));
    }
    Ok(())
}

/// Returns whether a change moves a user, a team or a business unit to another business unit.
///
/// # Errors
///
/// Returns an error if it does and no role of the caller allows that: a move to another business unit changes
/// what a user may do.
pub(crate) fn require_move<'c>(
    session: &Session<'_>,
    table: &Table,
    mut columns: impl Iterator<Item = &'c str>,
) -> Result<bool> {
    let Some((_, column, privilege)) = REPARENT.iter().find(|(name, _, _)| *name == table.logical_name)
    else {
        return Ok(false);
    };
    if !columns.any(|each| each == *column) {
        return Ok(false);
    }
    if !has_named(session.connection, session.schema, &session.caller, privilege)? {
        let user = &session.caller.user;
        let message = format!("Principal user (Id={user}, type=8) is missing {privilege} privilege.");
        return Err(Refusal::missing_privilege(&message));
    }
    Ok(true)
}

/// Moves the records of a user or team to the business unit of their owner.
pub(crate) fn moved(session: &Session<'_>, table: &Table, id: &str) -> Result<()> {
    if table.logical_name == "businessunit" {
        return Ok(());
    }
    let unit = business_unit(session, &table.logical_name, id)?;
    for table in session.schema.tables() {
        let has = |name: &str| {
            table.column(name).is_some_and(|column| column.is_stored() && column.kind.is_lookup())
        };
        if table.owner().is_some() && has("owningbusinessunit") {
            let sql = format!(
                "UPDATE {} SET owningbusinessunit = ?1 WHERE ownerid = ?2",
                table_name(&table.logical_name)
            );
            session.connection.prepare_cached(&sql)?.execute(params![unit, id])?;
        }
    }
    Ok(())
}

/// The user to act as, as a header names it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Impersonated<'a> {
    /// `MSCRMCallerID`: the id of the user.
    User(&'a str),
    /// `CallerObjectId`: the id of the user in Microsoft Entra.
    EntraObject(&'a str),
}

fn impersonated_user(
    connection: &rusqlite::Connection,
    schema: &Schema,
    named: Impersonated<'_>,
) -> Result<String> {
    let (column, text) = match named {
        Impersonated::User(text) => ("systemuserid", text),
        Impersonated::EntraObject(text) => ("azureactivedirectoryobjectid", text),
    };
    let wrong = || {
        Refusal::new(
            http::StatusCode::FORBIDDEN,
            "0x80041d1f",
            format!("The user with id {text} to act as does not exist."),
        )
    };
    let id = crate::value::guid(text).ok_or_else(wrong)?;
    if schema.table("systemuser").is_none_or(|users| users.column(column).is_none()) {
        return Err(wrong());
    }
    let sql = format!("SELECT systemuserid FROM {} WHERE {column} = ?1", table_name("systemuser"));
    connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?.ok_or_else(wrong)
}
