//! OData functions and actions.

mod access;
mod answer;
mod multiple;
mod organization;
mod parameters;
mod privileges;
mod routes;
mod state_transition;

pub(crate) use routes::{NAMES, bound, unbound};
