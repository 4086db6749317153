//! The owners of records.

use super::{SystemUser, Team};
use crate::{Id, LookupTarget, UnknownTarget};

/// A user or a team: the target of an owner column.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, Principal, SystemUser};
///
/// let user: Id<SystemUser> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
/// let json = OcSession::create().owner(Bind::to(Principal::SystemUser(user))).to_json()?;
/// assert!(json.starts_with(r#"{"ownerid_msdyn_ocsession@odata.bind":"/systemusers("#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
#[target(crate = "crate")]
#[non_exhaustive]
pub enum Principal {
    /// A user.
    SystemUser(Id<SystemUser>),
    /// A team.
    Team(Id<Team>),
    /// A principal of another table, or of a table that the response did not name.
    #[target(unknown)]
    Unknown(UnknownTarget),
}

/// An owner can be set to the caller of `WhoAmI` and to the principals of sharing.
#[cfg(feature = "messages")]
#[diagnostic::do_not_recommend]
impl dataverse_entity_core::BindTo<Principal> for crate::message::PrincipalRef {
    fn bind(self) -> dataverse_entity_core::Bind<Principal> {
        dataverse_entity_core::Bind::to(match self.to_id::<SystemUser>() {
            Some(user) => Principal::SystemUser(user),
            None => Principal::Team(Id::new(self.id())),
        })
    }
}
