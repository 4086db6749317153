use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventReason, SessionEvent};

fn main() {}

fn wrong() {
    let _ = SessionEvent::EVENT_TYPE.is_in([EventReason::CustomerRejoin]);
}
