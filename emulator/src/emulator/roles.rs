//! Security roles and business units.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, SystemUser, Team};

use super::people::{id, require};
use super::{Emulator, EmulatorError, seed};
use crate::rights::{ACT_ON_BEHALF, Depth, Role, allow};
use crate::schema::{Ownership, privilege_id};
use crate::session::Session;
use crate::store::setting;

impl Emulator {
    /// Returns the role System Administrator, which allows everything.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub fn system_administrator_role(&self) -> Result<Id<Role>, EmulatorError> {
        self.ready_role("role")
    }

    /// Returns the role Basic User, which allows everything on the user's own records, and Read on tables
    /// that no user owns. In Dataverse, Basic User allows this on some tables only. The members of a team
    /// with the role have these rights on the records of the team.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub fn basic_user_role(&self) -> Result<Id<Role>, EmulatorError> {
        self.ready_role("user_role")
    }

    fn ready_role(&self, name: &str) -> Result<Id<Role>, EmulatorError> {
        self.with_session(|session| {
            let role = setting(session.connection, name).map_err(EmulatorError::database)?;
            Ok(id(&role.unwrap_or_default()))
        })
    }

    /// Adds a security role to the root business unit. [`Role`] has an example.
    ///
    /// # Errors
    ///
    /// Returns an error if the role names an unknown table, a privilege that the table does not have, or a
    /// depth other than Organization for a table that the organization owns, or if the database cannot be
    /// written.
    pub fn add_role(&self, role: Role) -> Result<Id<Role>, EmulatorError> {
        self.with_session(|session| {
            let new = session.new_id();
            seed::record_in(session, "role", &new, &[("name", &role.name)], &session.caller.business_unit)?;
            fill(session, &new, &role)?;
            Ok(id(&new))
        })
    }

    /// Assigns a security role to a user.
    ///
    /// ```
    /// use dataverse_emulator::{Depth, Emulator, Privilege, Role};
    ///
    /// let emulator = Emulator::new();
    /// let ada = emulator.add_user("Ada Agent")?;
    /// let reader = emulator.add_role(Role::new("Reader").allow("account", Privilege::Read, Depth::Organization))?;
    /// emulator.assign_role(ada, reader)?;
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the user or the role does not exist, or if the database cannot be written.
    pub fn assign_role(&self, user: Id<SystemUser>, role: Id<Role>) -> Result<(), EmulatorError> {
        self.give("systemuser", &user.to_string(), role)
    }

    /// Assigns a security role to a team: its members may do what the role allows.
    ///
    /// # Errors
    ///
    /// Returns an error if the team or the role does not exist, or if the database cannot be written.
    pub fn assign_team_role(&self, team: Id<Team>, role: Id<Role>) -> Result<(), EmulatorError> {
        self.give("team", &team.to_string(), role)
    }

    fn give(&self, table: &str, to: &str, role: Id<Role>) -> Result<(), EmulatorError> {
        self.with_session(|session| {
            require(session, table, to)?;
            require(session, "role", &role.to_string())?;
            seed::associate(session, table, to, "role", &role.to_string())
        })
    }

    /// Adds a business unit below another. [`business_unit`](Self::business_unit) returns the root.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let north = emulator.add_business_unit("North", emulator.business_unit())?;
    /// let northwest = emulator.add_business_unit("Northwest", north)?;
    /// # let _ = northwest;
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the parent does not exist, or if the database cannot be written.
    pub fn add_business_unit(
        &self,
        name: &str,
        parent: Id<BusinessUnit>,
    ) -> Result<Id<BusinessUnit>, EmulatorError> {
        self.with_session(|session| {
            let (unit, parent) = (session.new_id(), parent.to_string());
            require(session, "businessunit", &parent)?;
            seed::record_below(
                session,
                "businessunit",
                &unit,
                &[("name", name)],
                "parentbusinessunitid",
                &parent,
            )?;
            Ok(id(&unit))
        })
    }
}

/// Stores the privileges of a role.
fn fill(session: &Session<'_>, id: &str, role: &Role) -> Result<(), EmulatorError> {
    let (connection, schema) = (session.connection, session.schema);
    for (table, privilege, depth) in &role.allowed {
        let problem = |problem: String| EmulatorError::seed(format!("the role `{}`: {problem}", role.name));
        let table = schema.table(table).ok_or_else(|| {
            let advice = match schema.set(table) {
                Some(set) => format!("that is the entity set of the table `{}`", set.logical_name),
                None => "a role names tables by their logical names".to_owned(),
            };
            problem(format!("unknown table `{table}`: {advice}"))
        })?;
        let named = table.privilege(*privilege).ok_or_else(|| {
            problem(format!("the table `{}` has no privilege {}", table.logical_name, privilege.name()))
        })?;
        if table.ownership == Ownership::Other && *depth != Depth::Organization {
            return Err(problem(format!(
                "the organization owns the table `{}`: its privileges have the depth `Depth::Organization` only (users own the \
                 records of a table with the `OwnershipType` `UserOwned`, or `ownership = \"user\"` of a derived struct)",
                table.logical_name
            )));
        }
        allow(connection, schema, id, &named.id, *depth).map_err(EmulatorError::database)?;
    }
    if role.acting_for_others {
        allow(connection, schema, id, &privilege_id(ACT_ON_BEHALF), Depth::Organization)
            .map_err(EmulatorError::database)?;
    }
    if role.team_privileges_only {
        let sql =
            format!("UPDATE {} SET isinherited = 0 WHERE roleid = ?1", crate::store::table_name("role"));
        connection.execute(&sql, [id]).map_err(EmulatorError::database)?;
    }
    Ok(())
}
