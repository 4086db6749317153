use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind {
    One,
    Two = 2,
}

fn main() {}
