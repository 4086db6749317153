use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn wrong() {
    let _ = Brief::NAME.eq("a");
}
