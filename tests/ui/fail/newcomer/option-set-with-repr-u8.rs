use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(u8)]
pub enum Color {
    Red = 1,
}

fn main() {}
