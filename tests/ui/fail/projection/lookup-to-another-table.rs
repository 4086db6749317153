use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, Team};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_omnichannelsession")]
    session: Option<Lookup<Team>>,
}

fn main() {}
