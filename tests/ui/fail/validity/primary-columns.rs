use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NotReadablePrimaryId {
    #[attr(logical = "new_thingid", primary_id, not_readable)]
    id: Option<Id<NotReadablePrimaryId>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UpdateOnlyPrimaryId {
    #[attr(logical = "new_thingid", primary_id, update_only)]
    id: Id<UpdateOnlyPrimaryId>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PrimaryIdOfAnotherKind {
    #[attr(logical = "new_thingid", string, primary_id)]
    id: Id<PrimaryIdOfAnotherKind>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct PrimaryNameInteger {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<PrimaryNameInteger>,
    #[attr(logical = "new_number", primary_name)]
    number: Option<i32>,
}

fn main() {}
