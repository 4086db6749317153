use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong(event: Id<SessionEvent>) {
    let _ = SessionEvent::OWNER.eq(event);
}
