use dataverse_entity::message::Batch;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn answer_as_another_type(event: Id<SessionEvent>, reply: dataverse_entity::message::BatchReply) {
    let mut batch = Batch::new();
    let deleted = batch.add(SessionEvent::delete(event));
    let _: Id<SessionEvent> = reply.get(&deleted).unwrap();
}

fn record_of_an_update(event: Id<SessionEvent>) {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let updated = set.add(SessionEvent::update(event).name("n"));
    let _ = updated.record();
}

fn record_of_another_table() {
    let mut batch = Batch::new();
    let mut set = batch.change_set();
    let event = set.add(SessionEvent::create().name("n"));
    set.add(SessionEvent::create().session(event.record()));
}

fn record_outside_of_a_change_set() {
    let mut batch = Batch::new();
    let created = batch.add(SessionEvent::create().name("n"));
    let _ = created.record();
}

fn main() {}
