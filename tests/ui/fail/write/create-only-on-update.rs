use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).import_sequence_number(1);
}

fn main() {}
