use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical("new_thing"), set = "new_things")]
struct LogicalAsList {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalAsList>,
}

#[derive(DataverseEntity)]
#[entity(logical = "", set = "new_things")]
struct LogicalEmpty {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalEmpty>,
}

#[derive(DataverseEntity)]
#[entity(logical = 1, set = "new_things")]
struct LogicalNumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalNumber>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_Thing", set = "new_things")]
struct LogicalWithCapitals {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalWithCapitals>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new-thing", set = "new_things")]
struct LogicalWithHyphen {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalWithHyphen>,
}

#[derive(DataverseEntity)]
#[entity(logical, set = "new_things")]
struct LogicalWithoutValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LogicalWithoutValue>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "/new_things")]
struct SetWithSlash {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<SetWithSlash>,
}

fn main() {}
