use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 2147483647,
    #[option(unknown)]
    Other(i32),
}

fn main() {}
