use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
struct Kind {
    one: i32,
}

fn main() {}
