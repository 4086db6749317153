use dataverse_entity::prelude::*;
use dataverse_entity::tables::Principal;

// Mistakes that only the compiler finds: one error for each type that does not fit.
#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Principal>,
    #[attr(logical = "new_name", string)]
    name: Option<i32>,
    #[attr(logical = "new_amount", money)]
    amount: Option<f64>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<String>,
    #[attr(logical = "new_on", datetime(behavior = "date_only"))]
    on: Option<Timestamp>,
    #[attr(logical = "new_agent", lookup, nav = "new_Agent")]
    agent: Option<Lookup<Principal>>,
}

fn main() {}
