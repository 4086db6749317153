use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target<T> {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn main() {}
