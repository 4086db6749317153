use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, Team};

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_sessioneventid", primary_id)]
    id: Id<Team>,
}

fn main() {}
