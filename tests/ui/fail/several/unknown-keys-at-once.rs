use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

// An attribute that cannot be read does not hide the mistakes of other fields.
#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownerhip = "user")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logicl = "new_name", strng)]
    name: Option<String>,
    #[attr(logical = "new_text", memo(maxlength = 10, max_length = "many"))]
    text: Option<String>,
    #[attr(logical = 7)]
    count: Option<i32>,
    agent: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_flag", read_only = true)]
    flag: Option<bool>,
    #[attr(logical = "new_number", bigint, integer)]
    number: Option<i64>,
}

fn main() {}
