#![allow(unused_imports, reason = "a program has more than its mistake")]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::message::Batch;

fn mistake(event: SessionEvent) {
    Batch::new().add(event);
}

fn main() {}
