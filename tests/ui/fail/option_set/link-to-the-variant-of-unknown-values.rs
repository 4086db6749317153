use dataverse_entity::prelude::*;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum State {
    #[option(default_status = StatusReason::Active)]
    Active = 0,
    #[option(default_status = StatusReason::Unknown)]
    Inactive = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum StatusReason {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
    #[option(unknown)]
    Unknown(i32),
}

fn main() {}
