use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target<const N: usize> {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn main() {}
