use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct AllThree {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<AllThree>,
    #[attr(logical = "new_name", read_only, create_only, update_only)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct CreateOnlyAndUpdateOnly {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<CreateOnlyAndUpdateOnly>,
    #[attr(logical = "new_name", create_only, update_only)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ReadOnlyAndCreateOnly {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ReadOnlyAndCreateOnly>,
    #[attr(logical = "new_name", read_only, create_only)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NotReadableWithoutOption {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NotReadableWithoutOption>,
    #[attr(logical = "new_name", not_readable)]
    name: String,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct LocalizableInteger {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<LocalizableInteger>,
    #[attr(logical = "new_count", localizable)]
    count: Option<i32>,
}

fn main() {}
