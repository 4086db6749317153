#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake() {
    let _ = SessionEvent::NAME.eq("Chat") && SessionEvent::NAME.is_not_null();
}

fn main() {}
