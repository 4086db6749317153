use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum UnknownKey {
    #[option(lable = "One")]
    One = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[option(name = "new_kind")]
#[repr(i32)]
enum UnknownKeyOnTheEnum {
    One = 1,
}

fn main() {}
