use dataverse_entity::prelude::*;
use dataverse_entity::tables::Principal;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct OwnerNavPerTarget {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OwnerNavPerTarget>,
    #[attr(logical = "ownerid", owner, nav(SystemUser = "owninguser", Team = "owningteam"))]
    owner: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "organization")]
struct OwnerOfOrganizationOwnedTable {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OwnerOfOrganizationOwnedTable>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct OwnerOfTableWithoutOwnership {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OwnerOfTableWithoutOwnership>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct OwnerWithoutNav {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OwnerWithoutNav>,
    #[attr(logical = "ownerid", owner)]
    owner: Option<Lookup<Principal>>,
}

fn main() {}
