use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.eq(1i64);
}
