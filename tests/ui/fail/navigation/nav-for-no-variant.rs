use dataverse_entity::prelude::*;
use dataverse_entity::tables::Principal;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavForAVariantTooMany {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavForAVariantTooMany>,
    #[attr(
        logical = "new_agent",
        lookup,
        nav(SystemUser = "new_Agent_user", Team = "new_Agent_team", Queue = "new_Agent_queue")
    )]
    agent: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavForUnknownVariant {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavForUnknownVariant>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser = "new_Agent_user", Taem = "new_Agent_team"))]
    agent: Option<Lookup<Principal>>,
}

fn main() {}
