use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, Clone, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct HierarchyOfAnotherTable {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<HierarchyOfAnotherTable>,
    #[attr(logical = "new_user", lookup, nav = "new_User", hierarchical)]
    user: Option<Lookup<SystemUser>>,
}

fn main() {}
