use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventReason, EventType, SessionEvent};

fn number_for_a_text() {
    let _ = SessionEvent::NAME.eq(1);
}

fn none_for_a_value() {
    let _ = SessionEvent::NAME.eq(None);
}

fn text_for_an_integer() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.eq("1");
}

fn long_integer_for_an_integer() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.eq(1i64);
}

fn option_for_an_integer() {
    let _ = SessionEvent::IMPORT_SEQUENCE_NUMBER.eq(EventType::SessionEnd);
}

fn integer_for_an_option() {
    let _ = SessionEvent::EVENT_TYPE.eq(192350005);
}

fn option_of_another_set() {
    let _ = SessionEvent::EVENT_TYPE.eq(EventReason::CustomerRejoin);
}

fn list_with_another_sets_options() {
    let _ = SessionEvent::EVENT_TYPE.is_in([EventReason::CustomerRejoin]);
}

fn text_for_a_datetime() {
    let _ = SessionEvent::CREATED_ON.gt("2024-01-01T00:00:00Z");
}

fn text_for_a_day() {
    let _ = SessionEvent::CREATED_ON.on("2024-01-01");
}

fn list_of_dates(at: Timestamp) {
    let _ = SessionEvent::CREATED_ON.is_in([at]);
}

fn columns_of_different_kinds() {
    let _ = SessionEvent::NAME.eq_column(SessionEvent::IMPORT_SEQUENCE_NUMBER);
}

fn main() {}
