//! Conditions, sorting and paths as SQL: names from the schema, values bound.

mod access;
mod conditions;
mod hierarchy;
mod paths;
mod periods;
mod query_functions;
mod statement;
mod values;

pub(crate) use access::{DELETE, READ, WRITE};
pub(crate) use paths::Scalar;
pub(crate) use statement::{StatementBuilder, joined};
