use dataverse_entity::prelude::*;

#[derive(OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
}

fn main() {}
