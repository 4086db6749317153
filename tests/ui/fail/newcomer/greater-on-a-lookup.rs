#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn mistake(id: Id<OcSession>) {
    let _ = SessionEvent::SESSION.gt(id);
}

fn main() {}
