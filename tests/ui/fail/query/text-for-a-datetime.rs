use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let _ = SessionEvent::CREATED_ON.gt("2024-01-01T00:00:00Z");
}
