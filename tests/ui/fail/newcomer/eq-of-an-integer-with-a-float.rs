#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.eq(5.0);
}

fn main() {}
