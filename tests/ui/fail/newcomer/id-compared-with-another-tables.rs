#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

fn mistake(event: Id<SessionEvent>, user: Id<SystemUser>) {
    let _ = event == user;
}

fn main() {}
