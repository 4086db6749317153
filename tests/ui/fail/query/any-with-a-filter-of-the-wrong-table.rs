use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::{OcSession, SessionEvent};

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

fn main() {}

fn wrong() {
    let _ = EVENTS.any(OcSession::SUBJECT.eq("a"));
}
