use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser = "new_Agent_user"))]
    agent: Option<Lookup<SystemUser>>,
}

fn main() {}
