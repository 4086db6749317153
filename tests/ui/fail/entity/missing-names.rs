use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity]
struct BareAttribute {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<BareAttribute>,
}

#[derive(DataverseEntity)]
#[entity(set = "new_things")]
struct MissingLogical {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MissingLogical>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing")]
struct MissingSet {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MissingSet>,
}

#[derive(DataverseEntity)]
struct NoNames {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NoNames>,
}

fn main() {}
