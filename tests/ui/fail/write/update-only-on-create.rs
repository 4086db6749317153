use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, session_event::State};

fn write() {
    let _ = SessionEvent::create().state(State::Inactive);
}

fn main() {}
