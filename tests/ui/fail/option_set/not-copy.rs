use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
}

fn main() {}
