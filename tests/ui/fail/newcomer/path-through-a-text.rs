#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

fn mistake() {
    let _ = SessionEvent::NAME.to(SystemUser::FULL_NAME);
}

fn main() {}
