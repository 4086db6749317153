//! Checks what the caller may do.

use rusqlite::params_from_iter;

use super::reach::Reach;
use crate::error::{Refusal, Result};
use crate::schema::Privilege;
use crate::schema::{Ownership, Table};
use crate::session::Session;
use crate::sql::StatementBuilder;
use crate::store::{quoted, table_name};
use crate::value::Referenced;

impl Session<'_> {
    /// Returns the reach of a privilege of the caller.
    ///
    /// # Errors
    ///
    /// Returns an error if no role of the caller has the privilege.
    pub(crate) fn require_privilege(&self, privilege: Privilege, table: &Table) -> Result<Reach> {
        match self.reach(privilege, table)? {
            Some(reach) => Ok(reach),
            None => Err(self.missing_privilege(privilege, table)?),
        }
    }

    /// Returns the reach of a privilege of the caller; `None` if no role has it.
    fn reach(&self, privilege: Privilege, table: &Table) -> Result<Option<Reach>> {
        if self.caller.administrator {
            return Ok(Some(Reach::everything()));
        }
        let Some(named) = table.privilege(privilege) else {
            // Everybody may read a table without privileges, and only administrators may change it.
            return Ok((privilege == Privilege::Read).then(Reach::everything));
        };
        Reach::of(self.connection, self.schema, &self.caller, &named.id)
    }

    /// Refuses unless a privilege of the caller reaches all records of a table.
    pub(crate) fn require_all(&self, privilege: Privilege, table: &Table) -> Result<()> {
        let reach = self.require_privilege(privilege, table)?;
        if reach.all || table.ownership == Ownership::Other {
            return Ok(());
        }
        Err(self.missing_privilege(privilege, table)?)
    }

    /// Refuses unless the caller has a privilege on an existing record. Checks the privilege first, then the
    /// record.
    pub(crate) fn require(&self, privilege: Privilege, table: &Table, id: &str) -> Result<()> {
        if self.may(privilege, table, id)? {
            return Ok(());
        }
        Err(Refusal::access_denied(privilege.access_right(), &table.logical_name, id, &self.caller.user))
    }

    /// Returns whether the caller has a privilege on an existing record.
    ///
    /// # Errors
    ///
    /// Returns an error if no role of the caller has the privilege.
    pub(crate) fn may(&self, privilege: Privilege, table: &Table, id: &str) -> Result<bool> {
        if self.require_privilege(privilege, table)?.all {
            return Ok(true);
        }
        let mut builder = StatementBuilder::new(self);
        let record = builder.bind(id.to_owned());
        let may = builder.may(privilege, table, "r")?;
        let (name, key) = (table_name(&table.logical_name), quoted(&table.primary_id));
        let sql = format!("SELECT 1 FROM {name} r WHERE r.{key} = {record} AND {may}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = builder.values_for(&statement).to_vec();
        Ok(statement.exists(params_from_iter(values))?)
    }

    /// Returns the rights of the caller to an existing record, as the bits of `AccessRights`. Create is not a
    /// right to a record.
    pub(crate) fn rights(&self, table: &Table, id: &str) -> Result<i64> {
        let mut mask = 0;
        for privilege in Privilege::ALL.into_iter().filter(|each| *each != Privilege::Create) {
            if self.reach(privilege, table)?.is_some() && self.may(privilege, table, id)? {
                mask |= privilege.bit();
            }
        }
        Ok(mask)
    }

    /// Refuses unless the caller may add a record that belongs to this owner and business unit.
    pub(crate) fn require_new(
        &self,
        table: &Table,
        id: &str,
        owner: Option<&str>,
        unit: Option<&str>,
        references: &[Referenced],
    ) -> Result<()> {
        let covered = |privilege: Privilege| -> Result<()> {
            let reach = self.require_privilege(privilege, table)?;
            if table.ownership == Ownership::Other || reach.covers(owner, unit) {
                return Ok(());
            }
            let (right, user) = (privilege.access_right(), &self.caller.user);
            Err(Refusal::access_denied(right, &table.logical_name, id, user))
        };
        if self.caller.administrator {
            return Ok(());
        }
        covered(Privilege::Create)?;
        if owner.is_some_and(|owner| !self.caller.principals().any(|each| each == owner)) {
            covered(Privilege::Assign)?;
        }
        if !references.is_empty() {
            covered(Privilege::Append)?;
        }
        self.require_append_to(references)
    }

    /// Refuses unless the caller may let an existing record refer to others.
    pub(crate) fn require_references(
        &self,
        table: &Table,
        id: &str,
        references: &[Referenced],
    ) -> Result<()> {
        if self.caller.administrator || references.is_empty() {
            return Ok(());
        }
        self.require(Privilege::Append, table, id)?;
        self.require_append_to(references)
    }

    fn require_append_to(&self, references: &[Referenced]) -> Result<()> {
        references
            .iter()
            .try_for_each(|each| self.require(Privilege::AppendTo, self.table(&each.table)?, &each.id))
    }

    /// Refuses an owner who may not read the table: Dataverse requires Read of an owner.
    pub(crate) fn require_owner(&self, table: &Table, of: &str, owner: &str) -> Result<()> {
        let Some(named) = table.privilege(Privilege::Read).filter(|_| owner != self.caller.user) else {
            return Ok(());
        };
        let principal = crate::principals::principal(self.connection, self.schema, of, owner)?;
        if principal.administrator
            || Reach::of(self.connection, self.schema, &principal, &named.id)?.is_some()
        {
            return Ok(());
        }
        let (noun, code) = if of == "team" { ("team", 9) } else { ("user", 8) };
        Err(Refusal::missing_privilege(&format!(
            "Principal {noun} (Id={owner}, type={code}) is missing {} privilege (Id={}){}",
            named.name,
            named.id,
            self.place(table)
        )))
    }

    /// Returns the refusal of a caller whose roles do not have a privilege.
    fn missing_privilege(&self, privilege: Privilege, table: &Table) -> Result<Refusal> {
        let made_up = format!("prv{}{}", privilege.name(), table.logical_name);
        let (name, id) = table
            .privilege(privilege)
            .map_or((made_up.as_str(), ""), |named| (named.name.as_str(), named.id.as_str()));
        super::stored::missing(self, name, id, &self.place(table))
    }

    /// Returns the words for the table in a message about a privilege.
    fn place(&self, table: &Table) -> String {
        let of = table.definition.integer("ObjectTypeCode").unwrap_or_default();
        let display = table
            .definition
            .get("DisplayName")
            .and_then(|name| name.get("UserLocalizedLabel"))
            .and_then(|label| label.text("Label"))
            .unwrap_or(&table.logical_name);
        format!(
            " on OTC={of} for entity '{}' (LocalizedName='{display}'). context.Caller={}",
            table.logical_name, self.caller.user
        )
    }
}
