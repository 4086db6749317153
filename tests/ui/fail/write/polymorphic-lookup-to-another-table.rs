use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, SessionEvent};

fn write(unit: Id<BusinessUnit>) {
    let _ = SessionEvent::create().owner(unit);
}

fn main() {}
