use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing<const N: usize> {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing<N>>,
}

fn main() {}
