use dataverse_entity::prelude::*;

#[derive(Debug, OptionSet)]
#[repr(i32)]
pub enum Color {
    Red = 1,
    #[option(unknown)]
    Unknown(i32),
}

fn main() {}
