use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

// One compile reports every one of these mistakes.
#[derive(DataverseEntity)]
#[entity(
    logical = "new_Thing",
    set = "new_things",
    ownership = "users",
    key(name = "new_k", columns(new_nmae))
)]
struct Thing {
    #[attr(logical = "new_thingid")]
    id: Id<Thing>,
    #[attr(logical = "new_name", string(max_length = 2000000000), primary_name)]
    name: Option<String>,
    #[attr(logical = "new_name", memo(format = "mail"))]
    text: Option<String>,
    #[attr(logical = "new_count", integer(min = 10, max = 1), read_only, create_only)]
    count: Option<i32>,
    #[attr(logical = "new_agent", lookup)]
    agent: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_agentname", string, read_only, name_of = "new_agnet")]
    agent_name: Option<String>,
    #[attr(logical = "new_amount", decimal(precision = 13))]
    amount: Option<rust_decimal::Decimal>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "statuscode", status)]
    status: Option<i32>,
}

fn main() {}
