use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let _ = SessionEvent::CREATED_BY_NAME.is_null();
}
