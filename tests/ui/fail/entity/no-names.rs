use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
}

fn main() {}
