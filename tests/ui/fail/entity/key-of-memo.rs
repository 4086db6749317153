use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_text", columns(new_text)))]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_text", memo)]
    text: Option<String>,
}

fn main() {}
