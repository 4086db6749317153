use dataverse_entity::prelude::*;
use dataverse_entity::tables::Team;

fn main() {}

fn wrong(team: Id<Team>) {
    let _ = Team::is_valid_state_transition(team, 1);
}
