use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NoPrimaryId {
    #[attr(logical = "new_thingid")]
    id: Id<NoPrimaryId>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StatusWithoutState {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StatusWithoutState>,
    #[attr(logical = "statuscode", status)]
    status: Option<i32>,
}

fn main() {}
