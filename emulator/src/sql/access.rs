//! Who may do what with which record: its owner everything, others what was shared with them.

use super::statement::StatementBuilder;
use crate::error::{Refusal, Result};
use crate::schema::Table;
use crate::session::Session;
use crate::store::{quoted, table_name};

/// A right, by its bit in `AccessRights` and its name in messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Right {
    pub(crate) bit: i64,
    pub(crate) name: &'static str,
}

pub(crate) const READ: Right = Right { bit: 1, name: "ReadAccess" };
pub(crate) const WRITE: Right = Right { bit: 2, name: "WriteAccess" };
pub(crate) const APPEND: Right = Right { bit: 4, name: "AppendAccess" };
pub(crate) const APPEND_TO: Right = Right { bit: 16, name: "AppendToAccess" };
pub(crate) const DELETE: Right = Right { bit: 65_536, name: "DeleteAccess" };
pub(crate) const SHARE: Right = Right { bit: 262_144, name: "ShareAccess" };
pub(crate) const ASSIGN: Right = Right { bit: 524_288, name: "AssignAccess" };

/// All rights, in the order in which answers name them.
pub(crate) const ALL_RIGHTS: [Right; 8] =
    [READ, WRITE, APPEND, APPEND_TO, Right { bit: 32, name: "CreateAccess" }, DELETE, SHARE, ASSIGN];

impl StatementBuilder<'_> {
    /// The condition that the caller may read a row.
    pub(crate) fn may_read(&mut self, table: &Table, alias: &str) -> String {
        let may = self.may(READ, table, alias);
        let now = self.session.now.div_euclid(1_000_000);
        match crate::elastic::live(table, alias, || self.bind(now)) {
            Some(live) => format!("({may} AND {live})"),
            None => may,
        }
    }

    fn may(&mut self, right: Right, table: &Table, alias: &str) -> String {
        let caller = &self.session.caller;
        if caller.administrator || table.owner().is_none() {
            return "1".to_owned();
        }
        let principals: Vec<String> = caller.principals().map(str::to_owned).collect();
        let principals = self.bind_all(principals);
        let entity = self.bind(table.logical_name.clone());
        let id = quoted(&table.primary_id);
        format!(
            r#"({alias}."ownerid" IN ({principals}) OR EXISTS (SELECT 1 FROM "@shares" s WHERE s.entity = {entity}
                AND s.record = {alias}.{id} AND s.principal IN ({principals}) AND s.mask & {bit} <> 0))"#,
            bit = right.bit,
        )
    }
}

impl Session<'_> {
    /// Refuses unless the caller may add records to a table: those that nobody owns are for administrators.
    pub(crate) fn require_create(&self, table: &Table) -> Result<()> {
        if self.caller.administrator || table.owner().is_some() {
            return Ok(());
        }
        let message = format!(
            "Principal user (Id={}) is missing prvCreate{} privilege.",
            self.caller.user, table.logical_name
        );
        Err(Refusal::new(http::StatusCode::FORBIDDEN, "0x80040220", message))
    }

    /// Refuses unless the caller has the right to a record that exists. Records that nobody owns are read by everybody and
    /// changed by administrators.
    pub(crate) fn require(&self, right: Right, table: &Table, id: &str) -> Result<()> {
        if self.caller.administrator {
            return Ok(());
        }
        if table.owner().is_none() && right.bit != READ.bit {
            return Err(Refusal::access_denied(right.name, &table.logical_name, id, &self.caller.user));
        }
        let mut builder = StatementBuilder::new(self);
        let record = builder.bind(id.to_owned());
        let may = builder.may(right, table, "r");
        let name = table_name(&table.logical_name);
        let sql =
            format!("SELECT 1 FROM {name} r WHERE r.{} = {record} AND {may}", quoted(&table.primary_id));
        let allowed =
            self.connection.prepare_cached(&sql)?.exists(rusqlite::params_from_iter(&builder.values))?;
        if allowed {
            return Ok(());
        }
        Err(Refusal::access_denied(right.name, &table.logical_name, id, &self.caller.user))
    }
}
