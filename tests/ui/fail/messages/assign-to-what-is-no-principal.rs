use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn main() {}

fn wrong(event: Id<SessionEvent>, session: Id<OcSession>) {
    let _ = SessionEvent::assign(event, session);
}
