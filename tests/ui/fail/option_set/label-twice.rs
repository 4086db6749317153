use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind {
    #[option(label = "First")]
    One = 1,
    First = 2,
}

fn main() {}
