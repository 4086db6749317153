use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventType, SessionEvent};

fn main() {}

fn wrong() {
    let _ = SessionEvent::EVENT_TYPE.contain_values([EventType::SessionEnd]);
}
