use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
struct Target {
    user: Id<SystemUser>,
    team: Id<Team>,
}

fn main() {}
