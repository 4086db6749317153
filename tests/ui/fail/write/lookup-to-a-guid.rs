use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(guid: dataverse_entity::Uuid) {
    let _ = SessionEvent::create().session(guid);
}

fn main() {}
