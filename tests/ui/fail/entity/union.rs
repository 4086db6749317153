use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
union Thing {
    one: i32,
}

fn main() {}
