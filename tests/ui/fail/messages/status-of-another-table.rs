use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::tables::oc_session;

fn main() {}

fn wrong(event: Id<SessionEvent>) {
    let _ = SessionEvent::set_state(event, oc_session::StatusReason::Open);
}
