use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[option(name = "new_kind")]
#[repr(i32)]
enum Kind {
    One = 1,
}

fn main() {}
