use dataverse_entity::prelude::*;
use dataverse_entity::message::Batch;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let event = set.add(SessionEvent::create().name("n"));
    set.add(SessionEvent::create().session(event.record()));
}
