use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind {
    #[option(unknown)]
    Other(i32),
}

fn main() {}
