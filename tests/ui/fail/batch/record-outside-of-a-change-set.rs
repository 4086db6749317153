use dataverse_entity::prelude::*;
use dataverse_entity::message::Batch;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let mut batch = Batch::new();
    let created = batch.add(SessionEvent::create().name("n"));
    let _ = created.record();
}
