use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {
    #[target(unknown)]
    Other(UnknownTarget),
}

fn main() {}
