use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(of = "Session Event")]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
