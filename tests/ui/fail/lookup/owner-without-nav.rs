use dataverse_entity::prelude::*;
use dataverse_entity::tables::Principal;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "ownerid", owner)]
    owner: Option<Lookup<Principal>>,
}

fn main() {}
