#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake(event: SessionEvent) {
    let _ = event.name == "Chat";
}

fn main() {}
