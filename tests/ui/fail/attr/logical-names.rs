use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LogicalEmpty {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalEmpty>,
    #[attr(logical = "")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LogicalNumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalNumber>,
    #[attr(logical = 7)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LogicalWithSpace {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalWithSpace>,
    #[attr(logical = "new name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LogicalWithoutQuotes {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalWithoutQuotes>,
    #[attr(logical = new_name)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LogicalWithoutValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalWithoutValue>,
    #[attr(logical)]
    name: Option<String>,
}

fn main() {}
