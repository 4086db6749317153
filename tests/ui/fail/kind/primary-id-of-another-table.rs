use dataverse_entity::prelude::*;
use dataverse_entity::tables::Team;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Team>,
}

fn main() {}
