#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

fn mistake(user: Id<SystemUser>) {
    let _ = SessionEvent::SESSION.eq(user);
}

fn main() {}
