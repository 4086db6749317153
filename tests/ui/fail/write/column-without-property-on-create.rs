use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write() {
    let _ = SessionEvent::create().owner_name("Me");
}

fn main() {}
