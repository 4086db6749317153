use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_kindtype", entity_name, read_only, type_of = "new_kind")]
    kind_type: Option<String>,
}

fn main() {}
