use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn write() {
    let _: Option<Lookup<Brief>> = None;
}

fn main() {}
