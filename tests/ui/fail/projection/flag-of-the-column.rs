use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name", read_only)]
    name: Option<String>,
}

fn main() {}
