use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
#[target(tables = "systemuser")]
enum Target {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn main() {}
