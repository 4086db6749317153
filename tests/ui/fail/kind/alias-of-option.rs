use dataverse_entity::prelude::*;

type MaybeText = Option<String>;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string)]
    name: MaybeText,
}

fn main() {}
