//! The roles that a user or team has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension};

use super::reach::Reach;
use crate::error::Result;
use crate::schema::Schema;
use crate::store::{PAIRS_FIRST, PAIRS_SECOND, pairs_name, table_name};

/// A role that a user has, or that a team of the user has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoleHeld {
    pub(crate) role: String,
    /// The team that has the role.
    pub(crate) team: Option<String>,
    /// The business unit from which the depths are measured: for a role of the root business unit, which
    /// users and teams of any business unit may have, that of its holder; for any other role, the role's own.
    pub(crate) unit: String,
    /// Whether the members of the team may use the smallest depth with their own records.
    pub(crate) inherited: bool,
}

/// All roles of a user or team.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    /// The reaches computed so far, by the id of the privilege.
    pub(super) reaches: Reaches,
    pub(crate) held: Vec<RoleHeld>,
    /// Whether everything is allowed, because another user acts for an administrator.
    pub(crate) everything: bool,
    /// The roles of the user who acts for this one. Both users' roles must allow a request.
    pub(crate) limit: Option<Vec<RoleHeld>>,
}

/// The reaches of privileges, `None` for a privilege that no role has. Clones share one cache, which is
/// dropped with its callers when the data changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Reaches(Arc<Mutex<HashMap<String, Option<Reach>>>>);

impl Reaches {
    fn known(&self) -> MutexGuard<'_, HashMap<String, Option<Reach>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the reach of a privilege, computed once.
    pub(super) fn get(
        &self,
        privilege: &str,
        find: impl FnOnce() -> Result<Option<Reach>>,
    ) -> Result<Option<Reach>> {
        if let Some(known) = self.known().get(privilege) {
            return Ok(known.clone());
        }
        let found = find()?;
        self.known().insert(privilege.to_owned(), found.clone());
        Ok(found)
    }
}

/// Returns the two columns of a table of pairs: first the one for records of `table`.
pub(crate) fn pair_columns(
    schema: &Schema,
    intersect: &str,
    table: &str,
) -> Option<(&'static str, &'static str)> {
    let association = schema.associations().iter().find(|each| each.intersect == intersect)?;
    Some(if association.tables[0] == table {
        (PAIRS_FIRST, PAIRS_SECOND)
    } else {
        (PAIRS_SECOND, PAIRS_FIRST)
    })
}

impl Roles {
    pub(crate) fn held(held: Vec<RoleHeld>) -> Self {
        Self { held, ..Self::default() }
    }
}

impl RoleHeld {
    /// Returns the business unit from which a role's depths are measured for a user or team of this business
    /// unit.
    pub(super) fn unit_of(connection: &Connection, role: &str, unit: &str) -> Result<String> {
        let sql = format!(
            "SELECT iif(u.parentbusinessunitid IS NULL, ?2, r.businessunitid) FROM {} r
             LEFT JOIN {} u ON u.businessunitid = r.businessunitid WHERE r.roleid = ?1",
            table_name("role"),
            table_name("businessunit"),
        );
        let found = connection.prepare_cached(&sql)?.query_row([role, unit], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or_else(|| unit.to_owned()))
    }

    /// Returns the roles of a user, or those of a team.
    pub(crate) fn of(
        connection: &Connection,
        schema: &Schema,
        table: &str,
        id: &str,
        unit: &str,
    ) -> Result<Vec<Self>> {
        let intersect = if table == "team" { "teamroles" } else { "systemuserroles" };
        let Some((mine, theirs)) = pair_columns(schema, intersect, table) else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT p.{theirs}, coalesce(r.isinherited, 1), iif(u.parentbusinessunitid IS NULL, ?2, r.businessunitid)
             FROM {} p JOIN {} r ON r.roleid = p.{theirs} LEFT JOIN {} u ON u.businessunitid = r.businessunitid
             WHERE p.{mine} = ?1",
            pairs_name(intersect),
            table_name("role"),
            table_name("businessunit"),
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let held = statement.query_map([id, unit], |row| {
            let inherited: i64 = row.get(1)?;
            Ok(Self {
                role: row.get(0)?,
                team: (table == "team").then(|| id.to_owned()),
                unit: row.get(2)?,
                inherited: inherited != 0,
            })
        })?;
        Ok(held.collect::<core::result::Result<_, _>>()?)
    }
}
