use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FlagWithArguments {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FlagWithArguments>,
    #[attr(logical = "new_name", read_only(update))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FlagWithValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FlagWithValue>,
    #[attr(logical = "new_name", read_only = true)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct KindWithValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KindWithValue>,
    #[attr(logical = "new_name", string = 100)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PicklistWithArguments {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<PicklistWithArguments>,
    #[attr(logical = "new_kind", picklist(options = "Kind"))]
    kind: Option<i32>,
}

fn main() {}
