//! The database: one SQLite table for each table of the schema, and a few for the service itself.
//!
//! Every name in SQL text comes from the schema and goes through [`quoted`]; every value is bound.

mod adapt;
mod database;
mod layout;
mod sql_functions;
mod text;

pub(crate) use adapt::adapt;
pub(crate) use database::{Durability, current_version, next_version, open, set_setting, setting};
pub(crate) use layout::{
    CHANGED, PAIRS_FIRST, PAIRS_SECOND, VERSION, pairs_name, prepare, prepare_service, push_quoted, quoted,
    table_name, tables_beside,
};
