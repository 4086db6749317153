use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

fn write(user: Id<SystemUser>, team: Id<Team>) {
    let _ = user == team;
}

fn main() {}
