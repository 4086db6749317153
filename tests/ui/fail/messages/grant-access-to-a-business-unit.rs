use dataverse_entity::prelude::*;
use dataverse_entity::tables::{BusinessUnit, SessionEvent};

fn main() {}

fn wrong(event: Id<SessionEvent>, unit: Id<BusinessUnit>) {
    let _ = SessionEvent::grant_access(event, unit, AccessRights::READ);
}
