//! Built-in tables: Omnichannel's session event, and the tables its lookups point to.
//!
//! All of them may gain columns and options in any release: structs, drafts and enums are `#[non_exhaustive]`. They are declared with the derive, as any table of one's own is. Option sets of the same name in two tables (`State`,
//! `StatusReason`) are in the tables' own modules.

pub mod business_unit;
pub mod oc_session;
mod principal;
pub mod session_event;
pub mod system_user;
pub mod team;

pub use business_unit::{BusinessUnit, BusinessUnitCreate, BusinessUnitUpdate};
pub use oc_session::{OcSession, OcSessionCreate, OcSessionUpdate};
pub use principal::Principal;
pub use session_event::{
    EventInfo, EventReason, EventType, SessionEvent, SessionEventCreate, SessionEventUpdate,
};
pub use system_user::{SystemUser, SystemUserCreate, SystemUserUpdate};
pub use team::{Team, TeamCreate, TeamUpdate};

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
