use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name", column(new_name)))]
struct KeyUnknownArgument {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyUnknownArgument>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key = "new_by_name")]
struct KeyWithValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyWithValue>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name"))]
struct KeyWithoutColumns {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyWithoutColumns>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(columns(new_name)))]
struct KeyWithoutName {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyWithoutName>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name", columns = "new_name"))]
struct KeyColumnsAsString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyColumnsAsString>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name", columns(1)))]
struct KeyColumnsNumber {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyColumnsNumber>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

fn main() {}
