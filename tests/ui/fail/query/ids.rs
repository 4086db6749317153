use dataverse_entity::Uuid;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, SystemUser, Team};

fn guid_for_a_polymorphic_lookup() {
    let _ = SessionEvent::OWNER.eq(Uuid::nil());
}

fn guid_of_any_table_for_a_lookup(team: Id<Team>) {
    let _ = SessionEvent::SESSION.eq(team.uuid());
}

fn id_of_a_table_that_an_owner_is_not(event: Id<SessionEvent>) {
    let _ = SessionEvent::OWNER.eq(event);
}

fn id_of_another_table(user: Id<SystemUser>) {
    let _ = SessionEvent::SESSION.eq(user);
}

fn main() {}
