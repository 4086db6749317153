use dataverse_entity::prelude::*;
use dataverse_entity::tables::Team;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_first", lookup, nav = "new_First")]
    first: Option<Lookup<Team>>,
    #[attr(logical = "new_second", lookup, nav = "new_First")]
    second: Option<Lookup<Team>>,
}

fn main() {}
