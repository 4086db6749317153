use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum TwoUnknown {
    One = 1,
    #[option(unknown)]
    Other(i32),
    #[option(unknown)]
    Rest(i32),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum UnknownOfI64 {
    One = 1,
    #[option(unknown)]
    Other(i64),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum UnknownWithLabel {
    One = 1,
    #[option(unknown, label = "Other")]
    Other(i32),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum UnknownWithValue {
    One = 1,
    #[option(unknown = true)]
    Other(i32),
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum UnknownWithoutPlace {
    One = 1,
    #[option(unknown)]
    Other,
}

fn main() {}
