use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", set = "new_thingses")]
struct DuplicateKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DuplicateKey>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
#[entity(logical = "new_other")]
struct DuplicateKeyInTwoAttributes {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<DuplicateKeyInTwoAttributes>,
}

fn main() {}
