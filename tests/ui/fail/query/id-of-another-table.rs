use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser};

fn main() {}

fn wrong(user: Id<SystemUser>) {
    let _ = SessionEvent::SESSION.eq(user);
}
