use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent};

fn write(now: Timestamp) {
    let _ = SessionEvent::create().name("Accepted").created_on(now).event_type(EventType::AgentAccepted);
}

fn main() {}
