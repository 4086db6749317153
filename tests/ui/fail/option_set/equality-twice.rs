use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
}

fn main() {}
