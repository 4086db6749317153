use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_omnichannelsession", nav = "msdyn_omnichannelsession")]
    session: Option<Lookup<OcSession>>,
}

fn main() {}
