use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn needs_table<T: Entity>() {}

fn write() {
    needs_table::<Brief>();
}

fn main() {}
