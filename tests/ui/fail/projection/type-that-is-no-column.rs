use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

struct Mine;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<Mine>,
}

fn main() {}
