use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Target {}

fn main() {}
