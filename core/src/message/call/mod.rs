//! Functions and actions: any of them by name, and some with a type of their own.

mod action;
mod callee;
mod function;
mod is_valid_state_transition;
mod parameter;
mod who_am_i;

pub use action::Action;
pub use function::Function;
pub use is_valid_state_transition::IsValidStateTransition;
pub use parameter::Parameter;
pub use who_am_i::{Caller, WhoAmI};
