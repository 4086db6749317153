//! A lookup that is imported under another name, so the kind is written.

use dataverse_entity::Lookup as Ref;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::Principal;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Ref<Thing>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Ref<Principal>>,
}

fn main() {
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    assert!(Thing::create().parent(id).to_json().unwrap().contains("new_Parent@odata.bind"));
    assert!(Thing::update(id).clear_parent().validate().is_ok());
}
