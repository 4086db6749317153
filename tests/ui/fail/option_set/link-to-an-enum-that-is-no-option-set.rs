use dataverse_entity::prelude::*;

enum State {
    Active,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, OptionSet)]
#[repr(i32)]
enum StatusReason {
    #[option(state = State::Active)]
    Active = 1,
}

fn main() {}
