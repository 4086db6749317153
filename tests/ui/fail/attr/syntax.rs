use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct AttributeWithValue {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<AttributeWithValue>,
    #[attr = "new_name"]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LiteralWithoutKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LiteralWithoutKey>,
    #[attr("new_name")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MissingComma {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MissingComma>,
    #[attr(logical = "new_name" string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ValueMissing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ValueMissing>,
    #[attr(logical = "new_name", display = , string)]
    name: Option<String>,
}

fn main() {}
