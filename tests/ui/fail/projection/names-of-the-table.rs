use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent, logical = "msdyn_sessionevent", set = "msdyn_sessionevents")]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
