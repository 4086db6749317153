use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringOfNoLength {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringOfNoLength>,
    #[attr(logical = "new_value", string(max_length = 0))]
    value: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringLengthNegative {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringLengthNegative>,
    #[attr(logical = "new_value", string(max_length = -1))]
    value: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringLengthFraction {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringLengthFraction>,
    #[attr(logical = "new_value", string(max_length = 1.5))]
    value: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringLongerThanTheServerStores {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringLongerThanTheServerStores>,
    #[attr(logical = "new_value", string(max_length = 1073741824))]
    value: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MemoLongerThanTheServerStores {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MemoLongerThanTheServerStores>,
    #[attr(logical = "new_value", memo(max_length = 1073741824))]
    value: Option<String>,
}

fn main() {}
