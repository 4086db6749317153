use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum TableTwice {
    SystemUser(Id<SystemUser>),
    Agent(Id<SystemUser>),
    Team(Id<Team>),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum VariantWithNamedField {
    SystemUser { id: Id<SystemUser> },
    Team(Id<Team>),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum VariantWithTheTableItself {
    SystemUser(SystemUser),
    Team(Id<Team>),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum VariantWithTwoIds {
    SystemUser(Id<SystemUser>, Id<Team>),
    Team(Id<Team>),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum VariantWithoutId {
    SystemUser,
    Team(Id<Team>),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum VariantOfUnknownTargetWithoutMark {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
    Other(UnknownTarget),
}

fn main() {}
