use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(of = Thing)]
struct Brief {
    #[attr(logical = "new_thingid")]
    id: Id<Thing>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_value", lookup, nav = "new_Value")]
    value: Option<Lookup<Brief>>,
}

fn main() {}
