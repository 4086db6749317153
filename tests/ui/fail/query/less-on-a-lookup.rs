use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn main() {}

fn wrong(id: Id<OcSession>) {
    let _ = SessionEvent::SESSION.lt(id);
}
