//! Parses `$filter` into a tree.

mod calls;
mod limit;
mod literal;
mod parser;
mod scanner;
mod tree;

pub(crate) use limit::limit_conditions;
pub(crate) use parser::Parser;
pub(crate) use tree::{Argument, Comparison, Filter, Literal, Operand};
