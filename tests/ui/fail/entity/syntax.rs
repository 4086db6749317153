use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity = "new_thing"]
struct AttributeWithValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<AttributeWithValue>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", activity = true)]
struct ActivityWithValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ActivityWithValue>,
}

#[derive(DataverseEntity)]
#[entity("new_thing", set = "new_things")]
struct LiteralWithoutKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LiteralWithoutKey>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing" set = "new_things")]
struct MissingComma {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MissingComma>,
}

fn main() {}
