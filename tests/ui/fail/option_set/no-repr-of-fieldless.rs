use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
enum Kind {
    One = 1,
    Two = 2,
}

fn main() {}
