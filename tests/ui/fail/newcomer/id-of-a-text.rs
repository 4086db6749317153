#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn mistake() {
    let _ = Id::<SessionEvent>::new("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
}

fn main() {}
