use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", string, primary_id)]
    id: Id<Thing>,
}

fn main() {}
