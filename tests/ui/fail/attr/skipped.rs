use dataverse_entity::prelude::*;

/// Has no default.
struct Cache;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(skip, logical = "new_name")]
    name: String,
    #[attr(skip, string(max_length = 100))]
    text: String,
    #[attr(read_only, skip)]
    read_only: i32,
    #[attr(skip)]
    cache: Cache,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_other", set = "new_others")]
struct Other {
    #[attr(logical = "new_otherid", primary_id)]
    id: Id<Other>,
    #[attr(skip)]
    cache: Cache,
}

fn setter() {
    let _ = Other::create().cache(Cache);
}

fn main() {}
