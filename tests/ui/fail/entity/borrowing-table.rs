use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing<'a> {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing<'static>>,
    #[attr(logical = "new_name", string)]
    name: Option<std::borrow::Cow<'a, str>>,
}

fn main() {}
