use dataverse_entity::prelude::*;

fn main() {}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
#[allow(non_snake_case)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id, create_only)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string(max_length = 10))]
    name: Option<String>,
    #[attr(logical = "new_other", string(max_length = 10))]
    Name: Option<String>,
}
