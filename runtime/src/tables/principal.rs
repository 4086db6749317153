//! Who can own a record.

use super::{SystemUser, Team};
use crate::{Id, LookupTarget, UnknownTarget};

/// A user or a team: what an owner column points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
#[target(crate = "crate")]
#[non_exhaustive]
pub enum Principal {
    /// A user.
    SystemUser(Id<SystemUser>),
    /// A team.
    Team(Id<Team>),
    /// A principal whose table the response did not say, or that is of another table.
    #[target(unknown)]
    Unknown(UnknownTarget),
}

/// The caller of `WhoAmI` and the principals of sharing can be named where an owner is set.
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
