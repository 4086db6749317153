use dataverse_entity::prelude::*;
use dataverse_entity::message::Batch;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong(event: Id<SessionEvent>, reply: dataverse_entity::message::BatchReply) {
    let mut batch = Batch::new();
    let deleted = batch.add(SessionEvent::delete(event));
    let _: Id<SessionEvent> = reply.get(&deleted).unwrap();
}
