//! Functions and actions.

mod implemented;
mod merge;
mod names;
