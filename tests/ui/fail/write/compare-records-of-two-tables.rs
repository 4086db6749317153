use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn write(before: SessionEvent, after: OcSession) {
    let _ = SessionEvent::changes(&before, &after);
}

fn main() {}
