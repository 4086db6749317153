//! Conditions, sorting and paths as SQL: names from the schema, values bound.

mod access;
mod conditions;
mod hierarchy;
mod paths;
mod periods;
mod query_functions;
mod statement;
mod values;

pub(crate) use access::{ALL_RIGHTS, APPEND, APPEND_TO, ASSIGN, DELETE, READ, SHARE, WRITE};
pub(crate) use paths::Scalar;
pub(crate) use statement::{StatementBuilder, joined};
