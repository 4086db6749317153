use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser, Team};

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser = "new_Agent_user", Team = "new_Agent_team"))]
    agent: Option<Lookup<Principal>>,
    #[expand(nav = "new_Agent_user")]
    user: Option<Box<Team>>,
    #[expand(nav = "new_Agent_team")]
    team: Option<Box<SystemUser>>,
}

fn main() {}
