//! OData functions and actions.

mod access;
mod address;
mod answer;
mod initialize;
mod merge;
mod multiple;
mod operations;
mod organization;
mod parameters;
mod privileges;
mod routes;
mod state_transition;
mod team;

pub(crate) use routes::{NAMESPACE, at_root, bound, require_bound, without_namespace};
