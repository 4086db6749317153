use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write() {
    let _ = SessionEvent::create().nam("Accepted");
}

fn main() {}
