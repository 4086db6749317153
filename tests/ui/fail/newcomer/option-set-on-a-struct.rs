use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
pub struct Color(i32);

fn main() {}
