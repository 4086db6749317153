use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::Uuid;

fn main() {}

fn wrong() {
    let _ = SessionEvent::OWNER.eq(Uuid::nil());
}
