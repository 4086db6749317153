use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
struct StructAsTarget {
    user: Id<SystemUser>,
    team: Id<Team>,
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum NoTargets {}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum OnlyUnknown {
    #[target(unknown)]
    Other(UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum GenericTarget<const N: usize> {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn main() {}
