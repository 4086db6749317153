use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
enum Kind {
    One = 1,
    #[option(unknown)]
    Other(i32),
}

fn main() {}
