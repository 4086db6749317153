//! Who may do what: privileges, how far they reach, the roles that hold them, and the one place that decides.

mod association;
mod check;
mod held;
mod privilege;
mod reach;
mod role;
mod stored;

pub(crate) use association::{require_disassociate, require_pair};
pub(crate) use held::{RoleHeld, Roles, pair_columns};
pub use privilege::{Depth, Privilege};
pub(crate) use reach::Reach;
pub use role::Role;
pub(crate) use stored::{
    ACT_ON_BEHALF, NamedPrivilege, REPARENT, RolePrivilege, allow, find_privilege, forbid, forbid_all,
    has_named, make_ready, privileges_of, require_may_give,
};
