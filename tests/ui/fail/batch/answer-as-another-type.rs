use dataverse_entity::prelude::*;
use dataverse_entity::operation::Batch;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong(event: Id<SessionEvent>) {
    let mut batch = Batch::new();
    let deleted = batch.add(SessionEvent::delete(event));
    let reply: dataverse_entity::operation::BatchReply = todo!();
    let _: Id<SessionEvent> = reply.get(&deleted).unwrap();
}
