//! Rights: privileges, their depths and reaches, roles, and the checks of a caller's rights.

mod association;
mod check;
mod held;
mod reach;
mod role;
mod stored;

pub use crate::schema::{Depth, Privilege};
pub(crate) use association::{require_disassociate, require_pair};
pub(crate) use held::{RoleHeld, Roles, pair_columns};
pub(crate) use reach::Reach;
pub use role::Role;
pub(crate) use stored::{
    ACT_ON_BEHALF, NamedPrivilege, REPARENT, RolePrivilege, allow, find_privilege, forbid, forbid_all,
    forget_privileges, has_named, make_ready, privileges_of, require_may_give,
};
