//! Users and teams to act as.

use std::cell::RefCell;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, SystemUser, Team};

use super::{Emulator, EmulatorError, seed};
use crate::connections::Cancellation;
use crate::session::Session;
use crate::store::setting;

/// The typed id of a text that is one.
fn id<T>(text: &str) -> Id<T> {
    Id::new(text.parse().unwrap_or_default())
}

impl Emulator {
    /// The user whom connections belong to unless they say otherwise: an administrator.
    pub fn user(&self) -> Id<SystemUser> {
        id(&self.inner.user)
    }

    /// The business unit that users belong to unless they say otherwise.
    pub fn business_unit(&self) -> Id<BusinessUnit> {
        id(&self.inner.business_unit)
    }

    /// Adds a user, who may do everything with what is their own, and nothing with what is not shared with them.
    ///
    /// # Errors
    ///
    /// The user could not be written.
    pub fn add_user(&self, name: &str) -> Result<Id<SystemUser>, EmulatorError> {
        self.with_session(|session| {
            let user = session.new_id();
            let (first, last) = name.split_once(' ').unwrap_or(("", name));
            let texts =
                [("firstname", first), ("lastname", last), ("azureactivedirectoryobjectid", user.as_str())];
            let texts: Vec<_> = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
            seed::record(session, "systemuser", &user, &texts)?;
            Ok(id(&user))
        })
    }

    /// Adds a user who may do everything.
    ///
    /// # Errors
    ///
    /// The user could not be written.
    pub fn add_administrator(&self, name: &str) -> Result<Id<SystemUser>, EmulatorError> {
        let user = self.add_user(name)?;
        self.with_session(|session| {
            let role =
                setting(session.connection, "role").map_err(EmulatorError::database)?.unwrap_or_default();
            seed::administrator(session, &user.to_string(), &role)
        })?;
        Ok(user)
    }

    /// Adds a team, and users to it.
    ///
    /// # Errors
    ///
    /// The team could not be written.
    pub fn add_team(&self, name: &str, members: &[Id<SystemUser>]) -> Result<Id<Team>, EmulatorError> {
        self.with_session(|session| {
            let team = session.new_id();
            seed::record(session, "team", &team, &[("name", name)])?;
            for member in members {
                seed::associate(session, "systemuser", &member.to_string(), "team", &team)?;
            }
            Ok(id(&team))
        })
    }

    fn with_session<T>(
        &self,
        work: impl FnOnce(&Session<'_>) -> Result<T, EmulatorError>,
    ) -> Result<T, EmulatorError> {
        let inner = &self.inner;
        inner.connections.write(&Cancellation::default(), EmulatorError::database, |connection| {
            let caller = connection.caller(&inner.schema, &inner.user, None);
            let contents = RefCell::default();
            let session = Session {
                schema: &inner.schema,
                connection: connection.sql(),
                caller: caller.map_err(|refusal| EmulatorError::seed(refusal.message))?,
                root: String::new(),
                now: self.now().as_microsecond(),
                strict: false,
                numbers_as_text: false,
                ids: &inner.ids,
                contents: &contents,
            };
            work(&session)
        })
    }
}
