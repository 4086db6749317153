//! Built-in tables: Omnichannel's session event, and the tables its lookups point to.
//!
//! They are declared with the derive, as any table of one's own is. Option sets of the same name in two tables (`State`,
//! `StatusReason`) are in the tables' own modules.

pub mod business_unit;
pub mod oc_session;
mod principal;
pub mod session_event;
pub mod system_user;
pub mod team;

pub use business_unit::BusinessUnit;
pub use oc_session::OcSession;
pub use principal::Principal;
pub use session_event::{EventInfo, EventReason, EventType, SessionEvent};
pub use system_user::SystemUser;
pub use team::Team;

use crate::Entity;
use crate::metadata::EntityMetadata;

/// The metadata of all built-in tables, by logical name.
pub const ALL: [&EntityMetadata; 5] = [
    BusinessUnit::METADATA,
    OcSession::METADATA,
    SessionEvent::METADATA,
    SystemUser::METADATA,
    Team::METADATA,
];
