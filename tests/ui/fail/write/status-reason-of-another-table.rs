use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, oc_session::StatusReason};

fn write() {
    let _ = SessionEvent::create().status(StatusReason::Open);
}

fn main() {}
