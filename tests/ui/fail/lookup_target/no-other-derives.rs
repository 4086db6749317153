use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(LookupTarget)]
enum Target {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn main() {}
