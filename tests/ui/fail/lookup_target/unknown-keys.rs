use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum UnknownKey {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unkown)]
    Other(UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
#[target(tables = "systemuser")]
enum UnknownKeyOnTheEnum {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn main() {}
