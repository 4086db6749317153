//! The rights of the caller as a condition on rows.

use super::statement::StatementBuilder;
use crate::error::Result;
use crate::rights::{Privilege, Reach};
use crate::schema::{Association, Ownership, Table};
use crate::store::{quoted, table_name};

pub(crate) const READ: Privilege = Privilege::Read;
pub(crate) const WRITE: Privilege = Privilege::Write;
pub(crate) const DELETE: Privilege = Privilege::Delete;

impl StatementBuilder<'_> {
    /// Returns the condition that the caller may read a row.
    pub(crate) fn may_read(&mut self, table: &Table, alias: &str) -> Result<String> {
        let may = self.may(READ, table, alias)?;
        let now = self.session.now.div_euclid(1_000_000);
        Ok(match crate::elastic::live(table, alias, || self.bind(now)) {
            Some(live) => format!("({may} AND {live})"),
            None => may,
        })
    }

    /// Returns the condition that the caller has a privilege on a row. Its form lets SQLite use an index for
    /// each part.
    pub(crate) fn may(&mut self, privilege: Privilege, table: &Table, alias: &str) -> Result<String> {
        if let Some(pairs) = self.of_pairs(privilege, table, alias)? {
            return Ok(pairs);
        }
        let reach = self.session.require_privilege(privilege, table)?;
        if reach.all {
            return Ok("1".to_owned());
        }
        let mut parts = Vec::new();
        match table.ownership {
            Ownership::User => self.owned(&reach, privilege, table, alias, &mut parts),
            Ownership::BusinessUnit => self.in_unit(&reach, table, alias, &mut parts),
            Ownership::Other => return Ok("1".to_owned()),
        }
        Ok(if parts.is_empty() { "0".to_owned() } else { format!("({})", parts.join(" OR ")) })
    }

    /// Returns the condition on a row of an intersect table, which belongs to both its records.
    fn of_pairs(&mut self, privilege: Privilege, table: &Table, alias: &str) -> Result<Option<String>> {
        let session = self.session;
        let is_pairs = |each: &&Association| each.intersect == table.logical_name;
        let Some(association) = session.schema.associations().iter().find(is_pairs) else { return Ok(None) };
        if session.caller.administrator || session.schema.table(&table.logical_name).is_some() {
            return Ok(None);
        }
        let mut parts = Vec::new();
        for (name, column) in association.tables.iter().zip(&association.columns) {
            let (side, inner) = (session.table(name)?, self.alias());
            let may = self.may(privilege, side, &inner)?;
            if may != "1" {
                let (rows, id) = (table_name(name), quoted(&side.primary_id));
                let column = quoted(column);
                parts.push(format!(
                    "EXISTS (SELECT 1 FROM {rows} {inner} WHERE {inner}.{id} = {alias}.{column} AND {may})"
                ));
            }
        }
        Ok(Some(if parts.is_empty() { "1".to_owned() } else { parts.join(" AND ") }))
    }

    /// Adds the conditions for rows of the owners and business units that a privilege reaches, and for shared
    /// rows.
    fn owned(
        &mut self,
        reach: &Reach,
        privilege: Privilege,
        table: &Table,
        alias: &str,
        parts: &mut Vec<String>,
    ) {
        let owners = self.bind_all(reach.owners.clone());
        parts.push(format!(r#"{alias}."ownerid" IN ({owners})"#));
        if !reach.units.is_empty() {
            let units = self.bind_all(reach.units.clone());
            parts.push(if table.column("owningbusinessunit").is_some_and(|column| column.is_stored()) {
                format!(r#"{alias}."owningbusinessunit" IN ({units})"#)
            } else {
                format!(
                    r#"{alias}."ownerid" IN (SELECT systemuserid FROM "t:systemuser" WHERE businessunitid IN ({units})
                        UNION ALL SELECT teamid FROM "t:team" WHERE businessunitid IN ({units}))"#
                )
            });
        }
        let principals: Vec<String> = self.session.caller.principals().map(str::to_owned).collect();
        let (entity, principals) = (self.bind(table.logical_name.clone()), self.bind_all(principals));
        parts.push(format!(
            r#"{alias}.{id} IN (SELECT s.record FROM "@shares" s INDEXED BY "@shares_by_principal"
                WHERE s.entity = {entity} AND s.principal IN ({principals}) AND s.mask & {bit} <> 0)"#,
            id = quoted(&table.primary_id),
            bit = privilege.bit(),
        ));
    }

    /// Adds the conditions for rows of the business units that a privilege reaches. Users and teams own
    /// themselves.
    fn in_unit(&mut self, reach: &Reach, table: &Table, alias: &str, parts: &mut Vec<String>) {
        let id = quoted(&table.primary_id);
        if matches!(table.logical_name.as_str(), "systemuser" | "team") {
            let owners = self.bind_all(reach.owners.clone());
            parts.push(format!("{alias}.{id} IN ({owners})"));
        }
        if reach.units.is_empty() {
            return;
        }
        let units = self.bind_all(reach.units.clone());
        if table.logical_name == "businessunit" {
            parts.push(format!("{alias}.{id} IN ({units})"));
        } else if table.column("businessunitid").is_some_and(|column| column.is_stored()) {
            parts.push(format!("{alias}.businessunitid IN ({units})"));
        }
    }
}
