use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
enum Kind {
    One,
    Two,
}

fn main() {}
