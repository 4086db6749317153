use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, Clone, DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    change_tracking = false,
    optimistic_concurrency = false
)]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(Debug, Clone, DataverseEntity)]
#[entity(of = "Thing")]
struct Brief {
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

fn track_changes() {
    let _ = Thing::track_changes();
}

fn track_changes_of_a_projection() {
    let _ = Brief::track_changes();
}

fn changes_since() {
    let _ = Thing::changes_since("link");
}

fn delete_if_match(id: Id<Thing>) {
    let _ = Thing::delete(id).if_match("etag");
}

fn update_if_match(id: Id<Thing>) {
    let _ = Thing::update(id).name("x").if_match("etag");
}

fn retrieve_if_changed(id: Id<Thing>) {
    let _ = Thing::retrieve(id).if_changed("etag");
}

fn main() {
    let _ = SystemUser::METADATA;
}
