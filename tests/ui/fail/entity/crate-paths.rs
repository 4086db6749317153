use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", crate = dataverse_entity)]
struct CrateNotAString {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CrateNotAString>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", crate = "dataverse_entity")]
struct CrateRelativePath {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CrateRelativePath>,
}

fn main() {}
