use dataverse_entity::prelude::*;
use dataverse_entity::query::{Many, Related};
use dataverse_entity::tables::{OcSession, SessionEvent};

fn filter_of_another_table() {
    let _ = SessionEvent::query().filter(OcSession::SUBJECT.eq("a"));
}

fn filters_of_two_tables() {
    let _ = SessionEvent::NAME.eq("a").and(OcSession::SUBJECT.eq("b"));
}

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

fn any_with_a_filter_of_the_wrong_table() {
    let _ = EVENTS.any(OcSession::SUBJECT.eq("a"));
}

fn columns_of_different_tables() {
    let _ = SessionEvent::NAME.eq_column(OcSession::SUBJECT);
}

fn key_of_two_tables() {
    let _ = SessionEvent::NAME.key("a").and(OcSession::SUBJECT.key("b"));
}

fn order_of_another_table() {
    let _ = SessionEvent::query().order_by(OcSession::SUBJECT.asc());
}

fn text_as_a_filter() {
    let _ = SessionEvent::query().filter("msdyn_name eq 'a'");
}

fn main() {}
