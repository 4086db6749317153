use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SessionEvent, SystemUser, Team};

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NearlyANavigationProperty {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NearlyANavigationProperty>,
    #[attr(logical = "new_teamid", lookup, nav = "new_Team")]
    team: Option<Lookup<Team>>,
    #[expand(nav = "new_team")]
    by_case: Option<Box<Team>>,
    #[expand(nav = "new_teamid")]
    by_column: Option<Box<Team>>,
}

#[derive(DataverseEntity)]
#[entity(of = SessionEvent)]
struct RecordsOfAnotherTable {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "createdby")]
    creator: Option<Box<Team>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct RecordsOfAnotherTarget {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RecordsOfAnotherTarget>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser = "new_Agent_user", Team = "new_Agent_team"))]
    agent: Option<Lookup<Principal>>,
    #[expand(nav = "new_Agent_user")]
    user: Option<Box<Team>>,
    #[expand(nav = "new_Agent_team")]
    team: Option<Box<SystemUser>>,
}

fn main() {}
