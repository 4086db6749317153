//! Built-in tables: Omnichannel's session event, and the targets of its lookups.
//!
//! They are declared with the derive, like your own tables. Any release may add columns and options, so
//! structs, drafts and enums are `#[non_exhaustive]`. Option sets with the same name in two tables (`State`,
//! `StatusReason`) are in the modules of their tables.
//!
//! ```
//! use dataverse_entity::prelude::*;
//! use dataverse_entity::tables::session_event::StatusReason;
//! use dataverse_entity::tables::{EventType, SessionEvent};
//!
//! let create = SessionEvent::create().name("Accepted").event_type(EventType::AgentAccepted);
//! assert_eq!(create.to_json()?, r#"{"msdyn_name":"Accepted","msdyn_eventtype":192350003}"#);
//! assert_eq!(StatusReason::Inactive.value(), 2);
//! # Ok::<(), dataverse_entity::EncodeError>(())
//! ```

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

/// The metadata of all built-in tables, ordered by logical name.
///
/// ```
/// use dataverse_entity::tables;
///
/// let names: Vec<_> = tables::ALL.iter().map(|table| table.logical_name).collect();
/// assert_eq!(names, ["businessunit", "msdyn_ocsession", "msdyn_sessionevent", "systemuser", "team"]);
/// ```
pub const ALL: [&EntityMetadata; 5] = [
    BusinessUnit::METADATA,
    OcSession::METADATA,
    SessionEvent::METADATA,
    SystemUser::METADATA,
    Team::METADATA,
];
