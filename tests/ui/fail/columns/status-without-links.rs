use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum State {
    Active = 0,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Status {
    Active = 1,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<State>,
    #[attr(logical = "statuscode", status)]
    status: Option<Status>,
}

fn main() {}
