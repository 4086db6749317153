use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
pub enum Color {
    Red = 1,
    #[option(unknown)]
    Unknown(i32),
}

fn main() {}
