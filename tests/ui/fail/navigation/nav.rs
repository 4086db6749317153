use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser, Team};

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavEmptyList {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavEmptyList>,
    #[attr(logical = "new_agent", lookup, nav())]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavListOfStrings {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavListOfStrings>,
    #[attr(logical = "new_agent", lookup, nav("new_Agent"))]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavListOfVariants {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavListOfVariants>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser, Team))]
    agent: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavMissing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavMissing>,
    #[attr(logical = "new_agent", lookup)]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavMissingOfInferredLookup {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavMissingOfInferredLookup>,
    #[attr(logical = "new_agent")]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavNumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavNumber>,
    #[attr(logical = "new_agent", lookup, nav = 1)]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavOfTwoLookups {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavOfTwoLookups>,
    #[attr(logical = "new_first", lookup, nav = "new_First")]
    first: Option<Lookup<Team>>,
    #[attr(logical = "new_second", lookup, nav = "new_First")]
    second: Option<Lookup<Team>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavOnString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavOnString>,
    #[attr(logical = "new_name", nav = "new_Name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavTwiceForATarget {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavTwiceForATarget>,
    #[attr(
        logical = "new_agent",
        lookup,
        nav(SystemUser = "new_Agent_user", SystemUser = "new_Agent", Team = "new_Agent_team")
    )]
    agent: Option<Lookup<Principal>>,
}

fn main() {}
