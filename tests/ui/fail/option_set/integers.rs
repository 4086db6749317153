use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum IntegerOf33Bits {
    One = 2147483648,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum NoInteger {
    One,
    Two = 2,
}

#[derive(Debug, Clone, Copy, OptionSet)]
enum NoIntegersAtAll {
    One,
    Two,
}

#[derive(Debug, Clone, Copy, OptionSet)]
enum NoReprOfFieldless {
    One = 1,
    Two = 2,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(u8)]
enum ReprU8 {
    One = 1,
    Two = 2,
}

fn main() {}
