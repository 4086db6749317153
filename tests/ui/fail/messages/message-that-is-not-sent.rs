#![deny(unused_must_use)]

use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

fn main() {}

fn wrong(event: Id<SessionEvent>) {
    SessionEvent::delete(event);
}
