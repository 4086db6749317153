use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::{OcSession, SessionEvent};

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("events/any(x:true)");

fn main() {}

fn wrong() {
    let _ = EVENTS;
}
