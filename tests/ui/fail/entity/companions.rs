use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", create = CompanionNamedAsTheStruct)]
struct CompanionNamedAsTheStruct {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CompanionNamedAsTheStruct>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", create = "New Thing")]
struct CompanionNotAName {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CompanionNotAName>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", create = Draft, update = Draft)]
struct CompanionsOfOneName {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CompanionsOfOneName>,
}

fn main() {}
