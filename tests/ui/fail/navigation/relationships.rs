use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct OnDeleteUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OnDeleteUnknownWord>,
    #[attr(
        logical = "new_agent",
        lookup,
        nav = "new_Agent",
        relationship = "new_thing_agent",
        on_delete = "remove"
    )]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct OnDeleteWithoutRelationship {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OnDeleteWithoutRelationship>,
    #[attr(logical = "new_agent", lookup, nav = "new_Agent", on_delete = "restrict")]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct RelationshipOfSeveralTargets {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipOfSeveralTargets>,
    #[attr(
        logical = "new_agent",
        lookup,
        nav(SystemUser = "new_Agent_user", Team = "new_Agent_team"),
        relationship = "new_thing_agent"
    )]
    agent: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct RelationshipOnString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipOnString>,
    #[attr(logical = "new_name", relationship = "new_thing_name")]
    name: Option<String>,
}

fn main() {}
