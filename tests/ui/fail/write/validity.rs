use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent, session_event::State};

fn column_without_property_on_create() {
    let _ = SessionEvent::create().owner_name("Me");
}

fn column_without_property_on_update(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).session_name("Mine");
}

fn create_only_on_update(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).import_sequence_number(1);
}

fn primary_id_on_update(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).id(id);
}

fn read_only_on_create(now: Timestamp) {
    let _ = SessionEvent::create().created_on(now);
}

fn read_only_on_update(id: Id<SessionEvent>, now: Timestamp) {
    let _ = SessionEvent::update(id).created_on(now);
}

fn read_only_in_a_chain(now: Timestamp) {
    let _ = SessionEvent::create().name("Accepted").created_on(now).event_type(EventType::AgentAccepted);
}

fn update_only_on_create() {
    let _ = SessionEvent::create().state(State::Inactive);
}

fn main() {}
