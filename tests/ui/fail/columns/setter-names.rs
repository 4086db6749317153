use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct SetterNamedAsAMethodOfDrafts {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<SetterNamedAsAMethodOfDrafts>,
    #[attr(logical = "new_validate", boolean)]
    validate: Option<bool>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct SetterNamedAsClearingMethod {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<SetterNamedAsClearingMethod>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
    #[attr(logical = "new_clearname", boolean)]
    clear_name: Option<bool>,
}

fn main() {}
