use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

fn write(team: Id<Team>) {
    let _: Id<SystemUser> = team;
}

fn main() {}
