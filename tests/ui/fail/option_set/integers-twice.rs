use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum IntegerTwice {
    One = 1,
    Two = 1,
}

// The compiler gives `Other`, which has no integer of its own, the integer after that of `One`.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum UnknownCountedIntoAnother {
    One = 1,
    #[option(unknown)]
    Other(i32),
    Two = 2,
}

fn main() {}
