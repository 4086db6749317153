use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong() {
    let _ = SessionEvent::query().filter("msdyn_name eq 'a'");
}
