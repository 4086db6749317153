use dataverse_entity::prelude::*;
use dataverse_entity::tables::Team;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_teamid", lookup, nav = "new_Team")]
    team: Option<Lookup<Team>>,
    #[expand(nav = "new_team")]
    by_case: Option<Box<Team>>,
    #[expand(nav = "new_teamid")]
    by_column: Option<Box<Team>>,
}

fn main() {}
