use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn main() {}

fn wrong(event: Id<SessionEvent>) {
    let _ = SessionEvent::upsert(event, OcSession::create());
}
