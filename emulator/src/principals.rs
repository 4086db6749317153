//! Users, teams and business units: who asks, and who belongs where.

use rusqlite::{OptionalExtension, params};

use crate::error::{Refusal, Result};
use crate::schema::Schema;
use crate::session::{Caller, Session};
use crate::store::{PAIRS_FIRST, PAIRS_SECOND, pairs_name, setting, table_name};

/// The security role whose users may do everything.
pub(crate) const ADMINISTRATOR_ROLE: &str = "System Administrator";
const TEAMS: &str = "teammembership";
const ROLES: &str = "systemuserroles";

/// The business unit of a user or team.
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

/// The ids on one side of a many-to-many relationship with the record on the other side.
fn paired(
    connection: &rusqlite::Connection,
    schema: &Schema,
    intersect: &str,
    table: &str,
    id: &str,
) -> Result<Vec<String>> {
    let Some(association) = schema.associations().iter().find(|each| each.intersect == intersect) else {
        return Ok(Vec::new());
    };
    let (mine, theirs) = if association.tables[0] == table {
        (PAIRS_FIRST, PAIRS_SECOND)
    } else {
        (PAIRS_SECOND, PAIRS_FIRST)
    };
    let sql = format!("SELECT {theirs} FROM {} WHERE {mine} = ?1", pairs_name(intersect));
    let mut statement = connection.prepare_cached(&sql)?;
    let ids = statement.query_map([id], |row| row.get(0))?.collect::<core::result::Result<_, _>>()?;
    Ok(ids)
}

/// The teams that a user belongs to.
pub(crate) fn teams(session: &Session<'_>, user: &str) -> Result<Vec<String>> {
    paired(session.connection, session.schema, TEAMS, "systemuser", user)
}

/// Whether a user has the role of an administrator.
pub(crate) fn is_administrator(
    connection: &rusqlite::Connection,
    schema: &Schema,
    user: &str,
) -> Result<bool> {
    let roles = paired(connection, schema, ROLES, "systemuser", user)?;
    let sql = format!("SELECT 1 FROM {} WHERE roleid = ?1 AND name = ?2", table_name("role"));
    for role in roles {
        if connection.prepare_cached(&sql)?.exists(params![role, ADMINISTRATOR_ROLE])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who asks: the user of the connection, or the one that a header names.
pub(crate) fn caller(
    connection: &rusqlite::Connection,
    schema: &Schema,
    connected: &str,
    impersonated: Option<Impersonated<'_>>,
) -> Result<Caller> {
    let user = match impersonated {
        None => connected.to_owned(),
        Some(named) => {
            if !is_administrator(connection, schema, connected)? {
                let message = format!(
                    "Principal user (Id={connected}) is missing prvActOnBehalfOfAnotherUser privilege."
                );
                return Err(Refusal::new(http::StatusCode::FORBIDDEN, "0x80040220", message));
            }
            impersonated_user(connection, schema, named)?
        }
    };
    Ok(Caller {
        administrator: is_administrator(connection, schema, &user)?,
        business_unit: unit_of(connection, schema, "systemuser", &user)?.unwrap_or_default(),
        organization: setting(connection, "organization")?.unwrap_or_default(),
        teams: paired(connection, schema, TEAMS, "systemuser", &user)?,
        acting: (user != connected).then(|| connected.to_owned()),
        user,
    })
}

/// How a header names the user to act as.
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
