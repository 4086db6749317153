//! Parses URLs: paths into segments, query options into trees. This module does not know the tables.

mod aliases;
mod apply;
mod expand;
mod filter;
mod options;
mod order;
mod path;
mod split;

pub(crate) use aliases::Aliases;
pub(crate) use apply::{Aggregate, AggregateMethod, Apply};
pub(crate) use expand::{Expand, only_select_and_filter};
pub(crate) use filter::{Argument, Comparison, Filter, Literal, Operand, Parser, limit_conditions};
pub(crate) use options::Options;
pub(crate) use order::{Order, Sort};
pub(crate) use path::{Keys, Segment, below_service_root, segments};
