use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(id: Id<SessionEvent>) {
    let mut update = SessionEvent::update(id);
    update.owner = Change::Clear;
}

fn main() {}
