use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    key(name = "new_k1", columns(new_name)),
    key(name = "new_k2", columns(new_name)),
    key(name = "new_k3", columns(new_name)),
    key(name = "new_k4", columns(new_name)),
    key(name = "new_k5", columns(new_name)),
    key(name = "new_k6", columns(new_name)),
    key(name = "new_k7", columns(new_name)),
    key(name = "new_k8", columns(new_name)),
    key(name = "new_k9", columns(new_name)),
    key(name = "new_k10", columns(new_name)),
    key(name = "new_k11", columns(new_name))
)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

fn main() {}
