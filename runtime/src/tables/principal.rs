//! Who can own a record.

use super::{SystemUser, Team};
use crate::{Id, LookupTarget, UnknownTarget};

/// A user or a team: what an owner column points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
#[target(crate = "crate")]
pub enum Principal {
    /// A user.
    SystemUser(Id<SystemUser>),
    /// A team.
    Team(Id<Team>),
    /// A principal whose table the response did not say, or that is of another table.
    #[target(unknown)]
    Unknown(UnknownTarget),
}
