use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(now: Timestamp) {
    let _ = SessionEvent::create().created_on(now);
}

fn main() {}
