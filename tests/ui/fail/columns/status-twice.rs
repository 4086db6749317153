use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<i32>,
    #[attr(logical = "statuscode", status)]
    status: Option<i32>,
    #[attr(logical = "new_statuscode", status)]
    other: Option<i32>,
}

fn main() {}
