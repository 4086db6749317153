use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FileInBytes {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FileInBytes>,
    #[attr(logical = "new_value", file)]
    value: Option<Vec<u8>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ImageInBoolean {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ImageInBoolean>,
    #[attr(logical = "new_value", image)]
    value: Option<bool>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ManagedPropertyInBoolean {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ManagedPropertyInBoolean>,
    #[attr(logical = "new_value", managed_property)]
    value: Option<bool>,
}

mod party_list_in_vec {
    use super::*;

    #[derive(DataverseEntity)]
    #[entity(logical = "new_thing", set = "new_things")]
    struct Thing {
        #[attr(logical = "new_thingid", primary_id)]
        id: Id<Thing>,
        #[attr(logical = "new_value", party_list)]
        value: Vec<Id<Thing>>,
    }
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct VirtualInInteger {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<VirtualInInteger>,
    #[attr(logical = "new_value", virtual)]
    value: Option<i32>,
}

fn main() {}
