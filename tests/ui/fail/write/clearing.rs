use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn clear_by_assignment(id: Id<SessionEvent>) {
    let mut update = SessionEvent::update(id);
    update.owner = Change::Clear;
}

fn clear_by_none(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).name(None);
}

fn clear_on_create() {
    let _ = SessionEvent::create().clear_name();
}

fn clear_read_only(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).clear_created_on();
}

fn clear_required(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).clear_owner();
}

fn clear_state(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).clear_state();
}

fn main() {}
