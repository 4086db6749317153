use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
struct StructAsOptionSet {
    one: i32,
}

#[derive(Debug, Clone, Copy, OptionSet)]
enum NoOptions {}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum GenericOptionSet<const N: usize> {
    One = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum OptionWithData {
    One = 1,
    Two(i32) = 2,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum DataWithoutUnknown {
    One = 1,
    Other(i32),
}

fn main() {}
