use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvnt)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
