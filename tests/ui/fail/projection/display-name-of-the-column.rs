use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name", display = "Name")]
    name: Option<String>,
}

fn main() {}
