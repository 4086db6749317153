//! Users and teams, as the messages of ownership and sharing name them.

use uuid::Uuid;

use crate::Id;
use crate::draft::Party;
use crate::message::http::Error;
use crate::metadata::TargetTable;
use crate::reference::{AnyRecord, AnyTable, Bind, BindTo, LookupTarget};
use crate::table::SecurityPrincipal;

/// A user or a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrincipalRef {
    id: Uuid,
    table: TargetTable,
}

const USERS: TargetTable = TargetTable::new("systemuser", "systemusers", "systemuserid");
const TEAMS: TargetTable = TargetTable::new("team", "teams", "teamid");

impl PrincipalRef {
    /// Creates the reference to the user with this GUID.
    pub const fn user(id: Uuid) -> Self {
        Self { id, table: USERS }
    }

    /// Creates the reference to the team with this GUID.
    pub const fn team(id: Uuid) -> Self {
        Self { id, table: TEAMS }
    }

    /// Returns the id as that of a record of `T`; `None` if the principal is of the other table.
    ///
    /// ```
    /// use dataverse_entity::Uuid;
    /// use dataverse_entity::message::PrincipalRef;
    /// use dataverse_entity::tables::{SystemUser, Team};
    ///
    /// let user = PrincipalRef::user(Uuid::from_u128(1));
    /// assert!(user.to_id::<SystemUser>().is_some());
    /// assert!(user.to_id::<Team>().is_none());
    /// ```
    pub fn to_id<T: SecurityPrincipal>(&self) -> Option<Id<T>> {
        (T::TABLE.logical_name == self.table.logical_name).then(|| Id::new(self.id))
    }

    /// The user or team of the table with this logical name.
    pub(super) fn of_table(id: Uuid, logical_name: &str) -> Option<Self> {
        [USERS, TEAMS]
            .into_iter()
            .find(|table| table.logical_name == logical_name)
            .map(|table| Self { id, table })
    }

    /// The GUID.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The table: that of users or that of teams.
    pub fn table(&self) -> TargetTable {
        self.table
    }

    /// `set(guid)`
    pub(in crate::message) fn url(&self) -> String {
        format!("{}({})", self.table.entity_set_name, self.id)
    }
}

/// The GUID.
impl core::fmt::Display for PrincipalRef {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.id.fmt(f)
    }
}

impl From<PrincipalRef> for Uuid {
    fn from(principal: PrincipalRef) -> Self {
        principal.id
    }
}

impl From<PrincipalRef> for AnyRecord {
    fn from(principal: PrincipalRef) -> Self {
        let PrincipalRef { id, table } = principal;
        Self::new(table.logical_name, id).with_entity_set(table.entity_set_name)
    }
}

/// The user or team takes part in an activity.
impl From<PrincipalRef> for Party {
    fn from(principal: PrincipalRef) -> Self {
        Self::record(principal)
    }
}

#[diagnostic::do_not_recommend]
impl BindTo<AnyTable> for PrincipalRef {
    fn bind(self) -> Bind<AnyTable> {
        Bind::to(AnyRecord::from(self))
    }
}

/// What names a user or a team: an id, a [`PrincipalRef`], or the enum of an owner column, as `lookup.key()` gives it.
///
/// The library and the derive implement it; methods that are added later have default bodies.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names neither a user nor a team",
    label = "use an `Id` of the table `systemuser` or `team`, or the enum that an owner column is declared with"
)]
pub trait AsPrincipal {
    /// The user or team.
    ///
    /// # Errors
    ///
    /// The value may stand for a record of any table, and this one is neither a user nor a team.
    fn principal(&self) -> Result<PrincipalRef, Error>;
}

#[diagnostic::do_not_recommend]
impl AsPrincipal for PrincipalRef {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        Ok(*self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: SecurityPrincipal> AsPrincipal for Id<T> {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        Ok(PrincipalRef { id: self.uuid(), table: T::TABLE })
    }
}

#[diagnostic::do_not_recommend]
impl<E: LookupTarget<Key = E>> AsPrincipal for E {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        let reference = E::reference(self);
        match reference.target {
            Some(table) if matches!(table.logical_name, "systemuser" | "team") => {
                Ok(PrincipalRef { id: reference.id, table: *table })
            }
            _ => Err(Error::invalid_request(format!(
                "the record {} of {} is neither a user nor a team",
                reference.id,
                reference.table.unwrap_or("an unknown table")
            ))),
        }
    }
}
