use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventReason, SessionEvent, oc_session::StatusReason};

fn string_for_an_integer(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).time_zone_rule_version_number("4");
}

fn option_of_another_set() {
    let _ = SessionEvent::create().event_type(EventReason::Closed);
}

fn status_reason_of_another_table() {
    let _ = SessionEvent::create().status(StatusReason::Open);
}

fn setter_misspelt() {
    let _ = SessionEvent::create().nam("Accepted");
}

fn main() {}
