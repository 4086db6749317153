#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake() {
    let _ = SessionEvent::create().event_time("2024-01-01T00:00:00Z");
}

fn main() {}
