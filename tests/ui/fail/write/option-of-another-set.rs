use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventReason, SessionEvent};

fn write() {
    let _ = SessionEvent::create().event_type(EventReason::Closed);
}

fn main() {}
