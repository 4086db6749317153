use dataverse_entity::prelude::*;

mod default_status_missing {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
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
}

mod state_missing {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
        Inactive = 1,
    }

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum StatusReason {
        #[option(state = State::Active)]
        Active = 1,
        Inactive = 2,
        #[option(unknown)]
        Unknown(i32),
    }
}

mod invariant_of_a_status {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
        Inactive = 1,
    }

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum StatusReason {
        #[option(state = State::Active, invariant = "Active")]
        Active = 1,
        #[option(state = State::Inactive)]
        Inactive = 2,
        #[option(unknown)]
        Unknown(i32),
    }
}

mod link_to_a_string {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
        Inactive = 1,
    }

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum StatusReason {
        #[option(state = State::Active)]
        Active = 1,
        #[option(state = "Inactive")]
        Inactive = 2,
        #[option(unknown)]
        Unknown(i32),
    }
}

mod link_to_a_variant_without_its_set {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
        Inactive = 1,
    }

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum StatusReason {
        #[option(state = State::Active)]
        Active = 1,
        #[option(state = Inactive)]
        Inactive = 2,
        #[option(unknown)]
        Unknown(i32),
    }
}

mod links_by_path_and_by_integer {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
        Inactive = 1,
    }

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum StatusReason {
        #[option(state = State::Active)]
        Active = 1,
        #[option(state = 1)]
        Inactive = 2,
        #[option(unknown)]
        Unknown(i32),
    }
}

mod links_to_two_sets {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
        Inactive = 1,
    }

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum StatusReason {
        #[option(state = State::Active)]
        Active = 1,
        #[option(state = Status::Inactive)]
        Inactive = 2,
        #[option(unknown)]
        Unknown(i32),
    }
}

mod state_and_default_status {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active, state = StatusReason::Active)]
        Active = 0,
        #[option(default_status = StatusReason::Inactive)]
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
}

mod state_and_default_status_in_one_set {
    use super::*;

    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum State {
        #[option(default_status = StatusReason::Active)]
        Active = 0,
        #[option(state = StatusReason::Inactive)]
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
}

fn main() {}
