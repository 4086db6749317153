use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
enum Kind {
    One = 1,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_value", picklist)]
    value: Option<Kind>,
}

fn main() {}
