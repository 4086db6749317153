//! References to users and teams, for the messages of ownership and sharing.

use uuid::Uuid;

use crate::draft::Party;
use crate::message::http::Error;
use crate::metadata::TargetTable;
use crate::reference::{AnyRecord, AnyTable, Bind, BindTo, Lookup, LookupTarget, TargetKey};
use crate::table::SecurityPrincipal;
use crate::{Entity, Id, Record};

/// A reference to a user or a team.
///
/// ```
/// use dataverse_entity::message::PrincipalRef;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
/// use dataverse_entity::{Organization, Uuid};
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
/// let owner = PrincipalRef::user(Uuid::from_u128(8));
/// let request = SessionEvent::assign(event, owner).request(&org)?;
/// let body = str::from_utf8(request.body()).unwrap();
/// assert_eq!(body, format!(r#"{{"ownerid@odata.bind":"/systemusers({owner})"}}"#));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
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

    /// Returns the id as an id of `T`; `None` if the principal is of the other table.
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

    /// Creates the reference to a record of the table with this name; `None` if the table holds neither users
    /// nor teams.
    pub(super) fn of_table(id: Uuid, logical_name: &str) -> Option<Self> {
        [USERS, TEAMS]
            .into_iter()
            .find(|table| table.logical_name == logical_name)
            .map(|table| Self { id, table })
    }

    pub(in crate::message) fn is_user(&self) -> bool {
        self.table.logical_name == USERS.logical_name
    }

    /// Returns the GUID.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Returns the table: `systemuser` or `team`.
    pub fn table(&self) -> TargetTable {
        self.table
    }

    /// Returns the relative URL, `set(guid)`.
    pub(in crate::message) fn url(&self) -> String {
        format!("{}({})", self.table.entity_set_name, self.id)
    }
}

/// Writes the GUID.
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

/// Makes the user or team a participant of an activity.
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

/// A value that names a user or a team: an id, a lookup or a record that was read, the enum of an owner
/// column, a [`PrincipalRef`], an [`AnyRecord`], or a reference to one of them.
///
/// The library and the derive implement it; methods added later have default bodies.
///
/// ```
/// use dataverse_entity::message::AsPrincipal;
/// use dataverse_entity::tables::{Principal, Team};
/// use dataverse_entity::{Id, Lookup};
///
/// let team: Id<Team> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let owner = Lookup::<Principal>::new(team);
/// assert_eq!((&owner).principal()?, team.principal()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` names neither a user nor a team",
    label = "use an `Id` of the table `systemuser` or `team`, the enum that an owner column is declared with, or for a GUID `PrincipalRef::user(guid)`"
)]
pub trait AsPrincipal {
    /// Returns the user or team.
    ///
    /// # Errors
    ///
    /// Returns an error if the value names a record of another table, or a record that was read without its
    /// id.
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
impl<P: AsPrincipal + ?Sized> AsPrincipal for &P {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        P::principal(self)
    }
}

/// Names the user or team in a lookup that was read.
#[diagnostic::do_not_recommend]
impl<T: LookupTarget<Key: AsPrincipal>> AsPrincipal for Lookup<T> {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        self.key().principal()
    }
}

/// Names a user or a team that was read.
#[diagnostic::do_not_recommend]
impl<T: SecurityPrincipal + Entity> AsPrincipal for Record<T> {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        match self.id() {
            Some(id) => id.principal(),
            None => Err(Error::invalid_request(
                "the record was read without its primary id, so it names no user or team; read it, too"
                    .to_owned(),
            )),
        }
    }
}

#[diagnostic::do_not_recommend]
impl AsPrincipal for AnyRecord {
    fn principal(&self) -> Result<PrincipalRef, Error> {
        named(self.uuid(), self.table())
    }
}

/// Returns the user or team that an enum of targets names.
#[doc(hidden)]
pub fn principal_of<E: TargetKey>(key: &E) -> Result<PrincipalRef, Error> {
    let reference = key.reference();
    named(reference.id, reference.table)
}

fn named(id: Uuid, table: Option<&str>) -> Result<PrincipalRef, Error> {
    table.and_then(|table| PrincipalRef::of_table(id, table)).ok_or_else(|| {
        let table = table.unwrap_or("an unknown table");
        Error::invalid_request(format!("the record {id} of {table} is neither a user nor a team"))
    })
}

/// Implements [`AsPrincipal`] for an enum of targets. `derive(LookupTarget)` calls it once for each enum.
/// Without the feature `messages`, it expands to nothing.
///
/// A blanket impl over targets would conflict with the impl for references.
#[doc(hidden)]
#[macro_export]
macro_rules! __principal_enum {
    ($target:ty) => {
        #[automatically_derived]
        impl $crate::__private::AsPrincipal for $target {
            #[inline]
            fn principal(&self) -> $crate::__private::PrincipalResult {
                $crate::__private::principal_of(self)
            }
        }
    };
}

/// The result of [`AsPrincipal::principal`], for generated code.
#[doc(hidden)]
pub type PrincipalResult = Result<PrincipalRef, Error>;
