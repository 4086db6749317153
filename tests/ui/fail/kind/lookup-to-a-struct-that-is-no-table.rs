use dataverse_entity::prelude::*;

struct Other;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_value", lookup, nav = "new_Value")]
    value: Option<Lookup<Other>>,
}

fn main() {}
