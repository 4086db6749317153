#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake(id: dataverse_entity::Uuid) {
    let _ = SessionEvent::SESSION.eq(id);
}

fn main() {}
