use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Color {
    Red,
    Green,
}

fn main() {}
