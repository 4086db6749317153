use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).id(id);
}

fn main() {}
