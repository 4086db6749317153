use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

fn main() {}

fn wrong() {
    let _ = SessionEvent::OWNER.to(SystemUser::FULL_NAME);
}
