use dataverse_entity::prelude::*;
use dataverse_entity::tables::Team;

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    SystemUser,
    Team(Id<Team>),
}

fn main() {}
