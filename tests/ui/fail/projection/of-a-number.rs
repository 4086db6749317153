use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(of = 7)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

fn main() {}
