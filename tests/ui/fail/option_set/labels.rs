use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum LabelEmpty {
    #[option(label = "")]
    One = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum LabelNumber {
    #[option(label = 1)]
    One = 1,
}

fn main() {}
