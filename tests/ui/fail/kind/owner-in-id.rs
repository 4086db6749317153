use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_value", owner, nav = "ownerid")]
    value: Option<Id<Thing>>,
}

fn main() {}
