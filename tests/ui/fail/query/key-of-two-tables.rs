use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

fn main() {}

fn wrong() {
    let _ = SessionEvent::NAME.key("a").and(OcSession::SUBJECT.key("b"));
}
