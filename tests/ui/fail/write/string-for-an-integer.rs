use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn write(id: Id<SessionEvent>) {
    let _ = SessionEvent::update(id).time_zone_rule_version_number("4");
}

fn main() {}
