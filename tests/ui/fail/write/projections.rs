use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn needs_table<T: Entity>() {}

fn projection_as_a_table() {
    needs_table::<Brief>();
}

fn projection_created() {
    let _ = Brief::create().name("Accepted");
}

struct Plain;

fn record_of_a_struct_without_derive() {
    let _ = Record::<Plain>::from_json("{}");
}

fn main() {}
