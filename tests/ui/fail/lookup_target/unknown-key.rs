use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unkown)]
    Other(UnknownTarget),
}

fn main() {}
