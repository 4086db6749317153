use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", primary_name)]
    name: Option<String>,
    #[attr(logical = "new_title", primary_name)]
    title: Option<String>,
}

fn main() {}
