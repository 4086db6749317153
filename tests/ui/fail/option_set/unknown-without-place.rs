use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
    #[option(unknown)]
    Other,
}

fn main() {}
