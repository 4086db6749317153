use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LogicalNameTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalNameTwice>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
    #[attr(logical = "new_name", memo)]
    title: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PrimaryIdTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<PrimaryIdTwice>,
    #[attr(logical = "new_otherid", primary_id)]
    other: Option<Id<PrimaryIdTwice>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PrimaryNameTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<PrimaryNameTwice>,
    #[attr(logical = "new_name", primary_name)]
    name: Option<String>,
    #[attr(logical = "new_title", primary_name)]
    title: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StateTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StateTwice>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<i32>,
    #[attr(logical = "new_statecode", state, update_only)]
    other: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StatusTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StatusTwice>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<i32>,
    #[attr(logical = "statuscode", status)]
    status: Option<i32>,
    #[attr(logical = "new_statuscode", status)]
    other: Option<i32>,
}

fn main() {}
