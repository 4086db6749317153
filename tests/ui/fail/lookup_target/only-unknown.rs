use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    #[target(unknown)]
    Other(UnknownTarget),
}

fn main() {}
