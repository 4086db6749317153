//! Assertions about option sets: the links between state and status.

use crate::metadata::{OptionMetadata, same};

/// Returns the integer of a variant, for links between state and status that are resolved at compile time.
/// Another check finds variants that do not exist.
#[doc(hidden)]
#[track_caller]
pub const fn variant_value(variants: &[(&'static str, i32)], unknown: Option<&str>, name: &str) -> i32 {
    if let Some(unknown) = unknown {
        assert!(
            !same(unknown, name),
            "this variant is for unknown values; a state and its status need a declared option"
        );
    }
    let mut index = 0;
    while index < variants.len() {
        if same(variants[index].0, name) {
            return variants[index].1;
        }
        index += 1;
    }
    0
}

/// Fails to compile if an option of a status does not name its state: a status is sent together with its
/// state.
#[doc(hidden)]
#[track_caller]
pub const fn assert_states_known(options: &[OptionMetadata]) {
    let mut index = 0;
    while index < options.len() {
        assert!(
            options[index].state.is_some(),
            "the options of this status do not say their states, and a status is sent together with its state; mark \
             each with `#[option(state = …)]`"
        );
        index += 1;
    }
}
