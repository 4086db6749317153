use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        many_to_one,
        one_to_many,
        schema = "new_thing_thing",
        column = "new_parent",
        table = "new_thing",
        key = "new_thingid"
    )
)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<Thing>>,
}

fn main() {}
