use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write() {
    let _ = SessionEvent::create().clear_name();
}

fn main() {}
