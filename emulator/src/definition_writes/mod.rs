//! Changes of definitions: tables, columns, relationships, alternate keys and option sets.
//!
//! A change is stored item by item in the database (`changes`), next to the definitions with which the
//! service was built. Each transaction sees the schema of its database (`stamp`, `schemas`).

mod actions;
mod changes;
mod columns;
mod edit;
mod keys;
mod kinds;
mod labels;
mod names;
mod option_sets;
mod options;
mod relationships;
mod routes;
mod schemas;
mod solutions;
mod stamp;
mod tables;
mod templates;

pub(crate) use actions::{NAMES as ACTIONS, act};
pub(crate) use routes::answer;
pub(crate) use schemas::Schemas;
pub(crate) use stamp::Stamp;
