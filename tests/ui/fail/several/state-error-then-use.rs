use dataverse_entity::prelude::*;

// One of the two sets has a mistake. The compiler reports none for the other set, the table and their uses.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum State {
    #[option(default_status = StatusReason::Active)]
    Active = 0,
    Inactive = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum StatusReason {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<State>,
    #[attr(logical = "statuscode", status)]
    status: Option<StatusReason>,
}

fn everywhere(id: Id<Thing>) -> Option<()> {
    let _ = Thing::update(id).state(State::Inactive).status(StatusReason::Inactive);
    let _: Option<StatusReason> = State::Active.default_status();
    let _: Option<State> = StatusReason::Active.state();
    Some(())
}

fn main() {}
