use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let _ = SessionEvent::NAME.eq_column(SessionEvent::IMPORT_SEQUENCE_NUMBER);
}
