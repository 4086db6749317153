#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake(id: Id<SessionEvent>) {
    let _ = SessionEvent::set_state(id, 1);
}

fn main() {}
