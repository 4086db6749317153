//! Assertions about option sets: the links between state and status.

use crate::metadata::{OptionMetadata, same};

/// The integer of a variant, for links between state and status that are resolved at compile time. That there is such
/// a variant is checked apart.
#[doc(hidden)]
#[track_caller]
pub const fn variant_value(variants: &[(&'static str, i32)], unknown: Option<&str>, name: &str) -> i32 {
    if let Some(unknown) = unknown {
        assert!(
            !same(unknown, name),
            "this variant stands for unknown values; a state and its status need a declared option"
        );
    }
    let mut place = 0;
    while place < variants.len() {
        if same(variants[place].0, name) {
            return variants[place].1;
        }
        place += 1;
    }
    0
}

/// Fails to compile where the options of a status do not say which state they belong to: a status is sent together with
/// its state.
#[doc(hidden)]
#[track_caller]
pub const fn assert_states_known(options: &[OptionMetadata]) {
    let mut place = 0;
    while place < options.len() {
        assert!(
            options[place].state.is_some(),
            "the options of this status do not say their states, and a status is sent together with its state; mark \
             each with `#[option(state = …)]`"
        );
        place += 1;
    }
}
