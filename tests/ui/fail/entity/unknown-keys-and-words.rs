use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownerhip = "user")]
struct UnknownKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UnknownKey>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", prefix = "new")]
struct UnknownKeyLikeNoOther {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UnknownKeyLikeNoOther>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "users")]
struct OwnershipUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OwnershipUnknownWord>,
}

fn main() {}
