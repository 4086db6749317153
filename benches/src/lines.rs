//! An event as a list shows it, with the subject of its session. Queries and batches ask for it.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
pub struct EventLine {
    #[attr(logical = "msdyn_name")]
    pub name: Option<String>,
    #[attr(logical = "createdon")]
    pub created_on: Option<Timestamp>,
    #[expand(nav = "msdyn_omnichannelsession")]
    pub session: Option<Box<SessionLine>>,
}

#[derive(Debug, DataverseEntity)]
#[entity(of = OcSession)]
pub struct SessionLine {
    #[attr(logical = "subject")]
    pub subject: Option<String>,
}
