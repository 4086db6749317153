use dataverse_entity::query::{ExpandOptions, Many, One, Related};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent};

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
const SESSION: Related<SessionEvent, OcSession, One> = Related::one("msdyn_omnichannelsession");

fn collection_of_the_record_of_a_lookup() {
    let _ = SessionEvent::SESSION.to(EVENTS.any(SessionEvent::NAME.eq("a")));
}

fn collection_of_a_single_record() {
    let _ = SESSION.to(EVENTS);
}

fn limit_of_a_single_record() {
    let _ = SessionEvent::query().expand(SESSION, ExpandOptions::new().top(1));
}

fn condition_on_another_table() {
    let _ = OcSession::query().expand(EVENTS, ExpandOptions::new().filter(OcSession::SUBJECT.eq("a")));
}

fn main() {}
