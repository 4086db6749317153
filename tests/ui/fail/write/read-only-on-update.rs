use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(id: Id<SessionEvent>, now: Timestamp) {
    let _ = SessionEvent::update(id).created_on(now);
}

fn main() {}
