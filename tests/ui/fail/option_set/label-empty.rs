use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind {
    #[option(label = "")]
    One = 1,
}

fn main() {}
