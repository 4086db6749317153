#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

fn mistake() {
    let _ = SessionEvent::query().filter(SystemUser::FULL_NAME.eq("Ada"));
}

fn main() {}
