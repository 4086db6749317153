use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum Kind<const N: usize> {
    One = 1,
}

fn main() {}
