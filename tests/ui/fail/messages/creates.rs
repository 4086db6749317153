use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn etag_of_a_create() {
    let _ = SessionEvent::create().if_match("W/\"1\"");
}

fn single_column_of_a_create() {
    let _ = SessionEvent::create().single_column();
}

fn main() {}
