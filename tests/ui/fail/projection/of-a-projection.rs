use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Wide {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(of = Wide)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
