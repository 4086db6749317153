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

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct SettersNamedAsMethodsOfMessages {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<SettersNamedAsMethodsOfMessages>,
    #[attr(logical = "new_request", string)]
    request: Option<String>,
    #[attr(logical = "new_response", string)]
    response: Option<String>,
    #[attr(logical = "new_with", string)]
    with: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ColumnsNamedAsConstsOfTables {
    #[attr(logical = "new_thingid", primary_id)]
    primary_id: Id<ColumnsNamedAsConstsOfTables>,
    #[attr(logical = "new_metadata", string)]
    metadata: Option<String>,
    #[attr(logical = "new_table", string)]
    table: Option<String>,
}

fn main() {}
