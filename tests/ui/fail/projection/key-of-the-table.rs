use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent, key(name = "by_name", columns(msdyn_name)))]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
