#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake(now: Timestamp) {
    let _ = SessionEvent::create().created_on(now);
}

fn main() {}
