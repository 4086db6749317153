use dataverse_entity::prelude::*;

mod no_other_derives {
    use super::*;

    #[derive(OptionSet)]
    #[repr(i32)]
    enum Kind {
        One = 1,
    }
}

mod not_copy {
    use super::*;

    #[derive(Debug, Clone, OptionSet)]
    #[repr(i32)]
    enum Kind {
        One = 1,
    }
}

fn main() {}
