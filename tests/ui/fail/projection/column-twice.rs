use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[attr(logical = "msdyn_name")]
    again: Option<String>,
}

fn main() {}
