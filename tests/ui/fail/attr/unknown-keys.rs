use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UnknownKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UnknownKey>,
    #[attr(logical = "new_name", readonly)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UnknownKeyLikeNoOther {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UnknownKeyLikeNoOther>,
    #[attr(logical = "new_name", unique)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UnknownKind {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UnknownKind>,
    #[attr(logical = "new_kind", picklst)]
    kind: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UnknownArgumentOfKind {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<UnknownArgumentOfKind>,
    #[attr(logical = "new_name", string(max_len = 100))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ArgumentOfAnotherKind {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ArgumentOfAnotherKind>,
    #[attr(logical = "new_name", string(precision = 2))]
    name: Option<String>,
}

fn main() {}
