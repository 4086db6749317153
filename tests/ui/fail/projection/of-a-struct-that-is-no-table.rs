use dataverse_entity::prelude::*;

struct Other;

#[derive(DataverseEntity)]
#[entity(of = Other)]
struct Brief {
    #[attr(logical = "new_name")]
    name: Option<String>,
}

fn main() {}
