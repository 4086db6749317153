use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, Team};

fn write(team: Id<Team>) {
    let _ = SessionEvent::create().session(team);
}

fn main() {}
