use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DuplicateKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DuplicateKey>,
    #[attr(logical = "new_name", logical = "new_title")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DuplicateKeyInTwoAttributes {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DuplicateKeyInTwoAttributes>,
    #[attr(logical = "new_name")]
    #[attr(logical = "new_title")]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DuplicateFlag {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DuplicateFlag>,
    #[attr(logical = "new_name", read_only, read_only)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct DuplicateKind {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DuplicateKind>,
    #[attr(logical = "new_name", string, string(max_length = 100))]
    name: Option<String>,
}

fn main() {}
