//! Users and teams.

use std::cell::RefCell;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, SystemUser, Team};

use super::{Emulator, EmulatorError, seed};
use crate::error::Refusal;
use crate::rights::Role;
use crate::session::Session;

/// Returns the typed id in a text that the database wrote.
pub(super) fn id<T>(text: &str) -> Id<T> {
    Id::new(text.parse().unwrap_or_default())
}

/// Returns an error unless the record exists.
pub(super) fn require(session: &Session<'_>, table: &str, id: &str) -> Result<(), EmulatorError> {
    let missing = || EmulatorError::seed(format!("the table `{table}` has no record {id}"));
    let table = session.schema.table(table).ok_or_else(missing)?;
    match crate::read::version_of(session, table, id) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(missing()),
        Err(refusal) => Err(EmulatorError::seed(refusal.message)),
    }
}

impl Emulator {
    /// Returns the default user of connections, a System Administrator.
    pub fn user(&self) -> Id<SystemUser> {
        id(&self.inner.user)
    }

    /// Returns the root business unit, to which users and teams belong unless added to another.
    pub fn business_unit(&self) -> Id<BusinessUnit> {
        id(&self.inner.business_unit)
    }

    /// Adds a user with the role Basic User ([`basic_user_role`](Self::basic_user_role)). The first word of
    /// `name` is the first name, the rest is the last name.
    ///
    /// ```
    /// let emulator = dataverse_emulator::Emulator::new();
    /// let ada = emulator.add_user("Ada Agent")?;
    /// let client = emulator.client_as(ada);
    /// # let _ = client;
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be written.
    pub fn add_user(&self, name: &str) -> Result<Id<SystemUser>, EmulatorError> {
        self.add_user_in(name, self.business_unit(), &[self.basic_user_role()?])
    }

    /// Adds a user with the role System Administrator, which allows everything.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// let grace = emulator.client_as(emulator.add_administrator("Grace Admin")?);
    /// let id = emulator.client().execute(SessionEvent::create().name("Accepted")).await?;
    /// assert!(grace.execute(SessionEvent::retrieve(id)).await.is_ok());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be written.
    pub fn add_administrator(&self, name: &str) -> Result<Id<SystemUser>, EmulatorError> {
        self.add_user_in(name, self.business_unit(), &[self.system_administrator_role()?])
    }

    /// Adds a user of a business unit, with these security roles; without a role, the user may do nothing.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let north = emulator.add_business_unit("North", emulator.business_unit())?;
    /// let ada = emulator.add_user_in("Ada Agent", north, &[emulator.basic_user_role()?])?;
    /// # let _ = ada;
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the business unit or a role does not exist, or if the database cannot be written.
    pub fn add_user_in(
        &self,
        name: &str,
        business_unit: Id<BusinessUnit>,
        roles: &[Id<Role>],
    ) -> Result<Id<SystemUser>, EmulatorError> {
        self.with_session(|session| {
            require(session, "businessunit", &business_unit.to_string())?;
            let user = session.new_id();
            let (first, last) = name.split_once(' ').unwrap_or(("", name));
            let texts =
                [("firstname", first), ("lastname", last), ("azureactivedirectoryobjectid", user.as_str())];
            let texts: Vec<_> = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
            seed::record_in(session, "systemuser", &user, &texts, &business_unit.to_string())?;
            for role in roles {
                require(session, "role", &role.to_string())?;
                seed::associate(session, "systemuser", &user, "role", &role.to_string())?;
            }
            Ok(id(&user))
        })
    }

    /// Adds a team of the root business unit with these members, and with the role Basic User, so that it can
    /// own records.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let ada = emulator.add_user("Ada Agent")?;
    /// let night_shift = emulator.add_team("Night shift", &[ada])?;
    /// # let _ = night_shift;
    /// # Ok::<_, dataverse_emulator::EmulatorError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a member does not exist, or if the database cannot be written.
    pub fn add_team(&self, name: &str, members: &[Id<SystemUser>]) -> Result<Id<Team>, EmulatorError> {
        self.add_team_in(name, self.business_unit(), members, &[self.basic_user_role()?])
    }

    /// Adds a team of a business unit, with these members and security roles.
    ///
    /// # Errors
    ///
    /// Returns an error if the business unit, a member or a role does not exist, or if the database cannot be
    /// written.
    pub fn add_team_in(
        &self,
        name: &str,
        business_unit: Id<BusinessUnit>,
        members: &[Id<SystemUser>],
        roles: &[Id<Role>],
    ) -> Result<Id<Team>, EmulatorError> {
        self.with_session(|session| {
            require(session, "businessunit", &business_unit.to_string())?;
            let team = session.new_id();
            seed::record_in(session, "team", &team, &[("name", name)], &business_unit.to_string())?;
            for member in members {
                require(session, "systemuser", &member.to_string())?;
                seed::associate(session, "systemuser", &member.to_string(), "team", &team)?;
            }
            for role in roles {
                require(session, "role", &role.to_string())?;
                seed::associate(session, "team", &team, "role", &role.to_string())?;
            }
            Ok(id(&team))
        })
    }

    pub(super) fn with_session<T>(
        &self,
        work: impl FnOnce(&Session<'_>) -> Result<T, EmulatorError>,
    ) -> Result<T, EmulatorError> {
        let inner = &self.inner;
        inner.connections.write(None, EmulatorError::database, |connection| {
            let failed = |refusal: Refusal| EmulatorError::seed(refusal.message);
            let schema = connection.schema(&inner.schemas).map_err(failed)?;
            let caller = connection.caller(&schema, &inner.user, None);
            let contents = RefCell::default();
            let caller = caller.map_err(failed)?;
            let now = self.now().as_microsecond();
            let session = Session::of_emulator(connection.sql(), &schema, caller, &inner.ids, now, &contents);
            work(&session).map_err(EmulatorError::of_request)
        })
    }
}
