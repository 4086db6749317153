use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn several_of_a_standard_table(id: Id<SessionEvent>) {
    let _ = SessionEvent::delete_multiple([id]);
}

fn main() {}
