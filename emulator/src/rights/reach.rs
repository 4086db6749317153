//! The reach of a privilege of a caller.

use rusqlite::{Connection, params_from_iter};

use super::held::{RoleHeld, pair_columns};
use crate::error::Result;
use crate::schema::Depth;
use crate::schema::Schema;
use crate::session::Caller;
use crate::store::{pairs_name, table_name};

/// The records that a privilege reaches, without shared ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) all: bool,
    /// The users and teams whose records the privilege reaches.
    pub(crate) owners: Vec<String>,
    /// The business units whose records the privilege reaches.
    pub(crate) units: Vec<String>,
}

impl Reach {
    pub(crate) fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Returns whether the privilege reaches a record of this owner and business unit.
    pub(crate) fn covers(&self, owner: Option<&str>, unit: Option<&str>) -> bool {
        let has =
            |list: &[String], one: Option<&str>| one.is_some_and(|one| list.iter().any(|each| each == one));
        self.all || has(&self.owners, owner) || has(&self.units, unit)
    }

    /// Returns whether the privilege reaches all records that this depth reaches from a business unit.
    pub(super) fn has(&self, connection: &Connection, depth: Depth, unit: &str) -> Result<bool> {
        Ok(self.all
            || match depth {
                Depth::User => true,
                Depth::BusinessUnit => self.covers(None, Some(unit)),
                Depth::ParentChildBusinessUnits => {
                    below(connection, unit)?.iter().all(|each| self.covers(None, Some(each)))
                }
                Depth::Organization => false,
            })
    }

    /// Returns the reach of a privilege for a caller who is not an administrator; `None` if no role has it.
    pub(crate) fn of(
        connection: &Connection,
        schema: &Schema,
        caller: &Caller,
        privilege: &str,
    ) -> Result<Option<Self>> {
        caller.roles.reaches.get(privilege, || Self::find(connection, schema, caller, privilege))
    }

    fn find(
        connection: &Connection,
        schema: &Schema,
        caller: &Caller,
        privilege: &str,
    ) -> Result<Option<Self>> {
        let roles = &caller.roles;
        let limit = match &roles.limit {
            None => Depth::Organization,
            Some(limit) => {
                match depths(connection, schema, limit, privilege)?.into_iter().map(|(_, depth)| depth).max()
                {
                    Some(limit) => limit,
                    None => return Ok(None),
                }
            }
        };
        let own =
            RoleHeld { role: String::new(), team: None, unit: caller.business_unit.clone(), inherited: true };
        let mut depths = depths(connection, schema, &roles.held, privilege)?;
        if roles.everything {
            depths.push((&own, Depth::Organization));
        }
        if depths.is_empty() {
            return Ok(None);
        }
        let mut reach = Self::default();
        for (held, depth) in depths {
            reach.add(connection, caller, held, depth.min(limit))?;
        }
        Ok(Some(reach))
    }

    fn add(&mut self, connection: &Connection, caller: &Caller, held: &RoleHeld, depth: Depth) -> Result<()> {
        let add = |list: &mut Vec<String>, one: &str| {
            if !list.iter().any(|each| each == one) {
                list.push(one.to_owned());
            }
        };
        match &held.team {
            Some(team) if !held.inherited => add(&mut self.owners, team),
            _ => caller.principals().for_each(|each| add(&mut self.owners, each)),
        }
        match depth {
            Depth::User => {}
            Depth::BusinessUnit => add(&mut self.units, &held.unit),
            Depth::ParentChildBusinessUnits => {
                for unit in below(connection, &held.unit)? {
                    add(&mut self.units, &unit);
                }
            }
            Depth::Organization => self.all = true,
        }
        Ok(())
    }
}

/// Returns the depth of a privilege in each role that has it.
fn depths<'h>(
    connection: &Connection,
    schema: &Schema,
    held: &'h [RoleHeld],
    privilege: &str,
) -> Result<Vec<(&'h RoleHeld, Depth)>> {
    let Some((role, of)) = pair_columns(schema, "roleprivileges", "role") else { return Ok(Vec::new()) };
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (2..held.len() + 2).map(|index| format!("?{index}")).collect();
    let sql = format!(
        "SELECT {role}, depth FROM {} WHERE {of} = ?1 AND {role} IN ({})",
        pairs_name("roleprivileges"),
        places.join(", ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = core::iter::once(privilege).chain(held.iter().map(|each| each.role.as_str()));
    let mut rows = statement.query(params_from_iter(values))?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (role, mask): (String, i64) = (row.get(0)?, row.get(1)?);
        let Some(depth) = Depth::from_mask(mask) else { continue };
        all.extend(held.iter().filter(|each| each.role == role).map(|each| (each, depth)));
    }
    Ok(all)
}

/// Returns a business unit and all business units below it.
fn below(connection: &Connection, unit: &str) -> Result<Vec<String>> {
    let units = table_name("businessunit");
    let sql = format!(
        "WITH RECURSIVE below (id) AS (
            SELECT ?1 UNION SELECT u.businessunitid FROM {units} u JOIN below ON u.parentbusinessunitid = below.id
         ) SELECT id FROM below"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let units = statement.query_map([unit], |row| row.get(0))?;
    Ok(units.collect::<core::result::Result<_, _>>()?)
}
