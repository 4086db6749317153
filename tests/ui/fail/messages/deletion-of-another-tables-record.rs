use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn main() {}

fn wrong(session: Id<OcSession>) {
    let _ = SessionEvent::delete(session);
}
