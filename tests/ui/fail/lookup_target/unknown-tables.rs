use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum TwoUnknown {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unknown)]
    Other(UnknownTarget),
    #[target(unknown)]
    Rest(UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum UnknownOfUuid {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unknown)]
    Other(dataverse_entity::Uuid),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum UnknownWithoutPlace {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    #[target(unknown)]
    Other,
}

fn main() {}
