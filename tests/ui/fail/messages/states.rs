use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SessionEvent, Team, oc_session};

fn state_of_a_table_without_one(team: Id<Team>) {
    let _ = Team::is_valid_state_transition(team, 1);
}

fn status_of_another_table(event: Id<SessionEvent>) {
    let _ = SessionEvent::set_state(event, oc_session::StatusReason::Open);
}

fn main() {}
