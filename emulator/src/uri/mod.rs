//! URLs, parsed: a path into segments, query options into trees. Nothing here knows a table.

mod aliases;
mod apply;
mod expand;
mod filter;
mod options;
mod order;
mod path;
mod split;

pub(crate) use aliases::Aliases;
pub(crate) use apply::{Aggregate, Apply, Method};
pub(crate) use expand::Expand;
pub(crate) use filter::{Argument, Comparison, Filter, Literal, Operand, Parser};
pub(crate) use options::Options;
pub(crate) use order::{Order, Sort};
pub(crate) use path::{Keys, Segment, segments};

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::error::{Refusal, Result};

/// Undoes percent-encoding.
pub(crate) fn decode(text: &str) -> Result<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().map_err(|_| Refusal::bad("The request URI is not UTF-8."))
}
