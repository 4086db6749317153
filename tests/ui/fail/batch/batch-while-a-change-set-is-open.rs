use dataverse_entity::prelude::*;
use dataverse_entity::message::Batch;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong(event: Id<SessionEvent>) {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    batch.add(SessionEvent::delete(event));
    set.add(SessionEvent::delete(event));
}
