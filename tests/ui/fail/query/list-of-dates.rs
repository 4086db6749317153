use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong(at: Timestamp) {
    let _ = SessionEvent::CREATED_ON.is_in([at]);
}
