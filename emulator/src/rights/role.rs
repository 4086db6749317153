//! Security roles that tests add.

use crate::schema::{Depth, Privilege};

/// A security role to add with [`Emulator::add_role`](crate::Emulator::add_role).
///
/// What a user may do is the union of what the user's roles and those of the user's teams allow.
///
/// ```
/// use dataverse_emulator::{Depth, Emulator, Privilege, Role};
///
/// # fn main() -> Result<(), dataverse_emulator::EmulatorError> {
/// let emulator = Emulator::new();
/// let agent = emulator.add_role(
///     Role::new("Agent")
///         .allow("account", [Privilege::Read, Privilege::AppendTo], Depth::BusinessUnit)
///         .allow("contact", Privilege::ALL, Depth::User),
/// )?;
/// let north = emulator.add_business_unit("North", emulator.business_unit())?;
/// let ada = emulator.add_user_in("Ada Agent", north, &[agent])?;
/// let client = emulator.client_as(ada);
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Role {
    pub(crate) name: String,
    pub(crate) allowed: Vec<(String, Privilege, Depth)>,
    pub(crate) acting_for_others: bool,
    pub(crate) team_privileges_only: bool,
}

impl Role {
    /// Creates a role without any privileges.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), allowed: Vec::new(), acting_for_others: false, team_privileges_only: false }
    }

    /// Adds one privilege or several on the table with this logical name. All activities share their
    /// privileges: those on `task` apply to every activity.
    ///
    /// If one privilege has several depths, the deepest counts.
    /// [`Emulator::add_role`](crate::Emulator::add_role) returns an error for an unknown table, and for a
    /// depth other than [`Depth::Organization`] on a table that the organization owns.
    ///
    /// ```
    /// use dataverse_emulator::{Depth, Privilege, Role};
    ///
    /// let role = Role::new("Agent")
    ///     .allow("account", Privilege::Read, Depth::Organization)
    ///     .allow("contact", [Privilege::Read, Privilege::Write], Depth::BusinessUnit)
    ///     .allow("task", Privilege::ALL, Depth::User);
    /// # let _ = role;
    /// ```
    pub fn allow(
        mut self,
        table: &str,
        privileges: impl IntoIterator<Item = Privilege>,
        depth: Depth,
    ) -> Self {
        self.allowed.extend(privileges.into_iter().map(|each| (table.to_owned(), each, depth)));
        self
    }

    /// Adds the privilege `prvActOnBehalfOfAnotherUser`, with which a user may act for others by the headers
    /// `CallerObjectId` and `MSCRMCallerID`.
    pub fn allow_acting_for_others(mut self) -> Self {
        self.acting_for_others = true;
        self
    }

    /// Sets the role's inheritance to "Team privileges only": if a team has the role, its members have the
    /// privileges of the depth [`Depth::User`] on the records of the team, not on their own.
    pub fn team_privileges_only(mut self) -> Self {
        self.team_privileges_only = true;
        self
    }
}

/// Lets [`Role::allow`] take one privilege as well as several.
impl IntoIterator for Privilege {
    type Item = Self;
    type IntoIter = core::iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        core::iter::once(self)
    }
}
