use dataverse_entity::prelude::*;
use dataverse_entity::tables::Principal;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct CustomerNavForAllTargets {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CustomerNavForAllTargets>,
    #[attr(logical = "new_customer", customer, nav = "new_Customer")]
    customer: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavForTheVariantOfOtherTables {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavForTheVariantOfOtherTables>,
    #[attr(
        logical = "new_agent",
        lookup,
        nav(SystemUser = "new_Agent_user", Team = "new_Agent_team", Unknown = "new_Agent")
    )]
    agent: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NavForTooFewTargets {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NavForTooFewTargets>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser = "new_Agent_user"))]
    agent: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct OneNavForSeveralTargets {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OneNavForSeveralTargets>,
    #[attr(logical = "new_agent", lookup, nav = "new_Agent")]
    agent: Option<Lookup<Principal>>,
}

fn main() {}
