use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

// The targets have one mistake. The compiler reports none for the correct table that uses them.
#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Agent {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unknown)]
    Other,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_agent", lookup, nav(SystemUser = "new_Agent_user", Team = "new_Agent_team"))]
    agent: Option<Lookup<Agent>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Agent>>,
    #[expand(nav = "new_Agent_user")]
    user: Option<Box<SystemUser>>,
}

fn everywhere(id: Id<Thing>, user: Id<SystemUser>, team: Id<Team>) -> Option<()> {
    let _ = Thing::create().agent(user).owner(Agent::Team(team));
    let _ = Thing::update(id).owner(team).clear_agent();
    let lookup = Lookup::<Agent>::new(user);
    let _: (Agent, Option<&str>) = (team.into(), lookup.table());
    let _ = Thing::create().agent(&lookup).owner(lookup);
    let _ = Record::<Thing>::from_json("{}").ok()?.agent.as_ref()?.key();
    Some(())
}

fn main() {}
