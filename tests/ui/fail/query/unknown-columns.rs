use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn misspelt_column() {
    let _ = SessionEvent::NAM.eq("a");
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn columns_of_a_projection() {
    let _ = Brief::NAME.eq("a");
}

fn main() {}
