use dataverse_entity::prelude::*;
use dataverse_entity::tables::{OcSession, SessionEvent, SystemUser, Team};

fn ids_of_two_tables_compared(user: Id<SystemUser>, team: Id<Team>) {
    let _ = user == team;
}

fn ids_of_two_tables_mixed(team: Id<Team>) {
    let _: Id<SystemUser> = team;
}

fn compare_records_of_two_tables(before: SessionEvent, after: OcSession) {
    let _ = SessionEvent::changes(&before, &after);
}

fn update_of_another_tables_record(team: Id<Team>) {
    let _ = SessionEvent::update(team);
}

fn main() {}
