use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn column_without_property() {
    let _ = SessionEvent::CREATED_BY_NAME.eq("Ana");
}

fn null_test_of_a_column_without_property() {
    let _ = SessionEvent::CREATED_BY_NAME.is_null();
}

fn group_by_a_column_without_property() {
    let _ = SessionEvent::aggregate().group_by(SessionEvent::OWNER_NAME);
}

fn main() {}
