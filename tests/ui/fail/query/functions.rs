use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, OcSession, SessionEvent};

fn contains_on_a_choice() {
    let _ = SessionEvent::EVENT_TYPE.contains("End");
}

fn contains_on_an_integer() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.contains("1");
}

fn starts_with_on_a_lookup() {
    let _ = SessionEvent::SESSION.starts_with("a");
}

fn contain_values_on_a_picklist() {
    let _ = SessionEvent::EVENT_TYPE.contain_values([EventType::SessionEnd]);
}

fn greater_on_a_choice() {
    let _ = SessionEvent::EVENT_TYPE.gt(EventType::SessionEnd);
}

fn less_on_a_lookup(id: Id<OcSession>) {
    let _ = SessionEvent::SESSION.lt(id);
}

fn range_of_a_choice() {
    let _ = SessionEvent::EVENT_TYPE.between(EventType::Default, EventType::SessionEnd);
}

fn date_function_on_an_integer() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.today();
}

fn hierarchy_function_on_a_text() {
    let _ = SessionEvent::NAME.under("a");
}

fn user_function_on_a_text() {
    let _ = SessionEvent::NAME.equal_user_id();
}

fn sum_of_a_text() {
    let _ = SessionEvent::aggregate().sum(SessionEvent::NAME, "total");
}

fn main() {}
