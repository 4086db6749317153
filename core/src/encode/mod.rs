//! The one encoder for URLs, filters and bodies.
//!
//! URLs have three layers, in this order: escape the wildcards of `LIKE` ([`like_pattern`]), double quotes
//! ([`Literal::odata`]), and percent-encode the whole value of a query option ([`query_value`]).

mod error;
pub(crate) mod excerpt;
pub(crate) mod instant;
mod literal;
mod percent;
mod special;

pub use error::EncodeError;
pub(crate) use literal::Literal;
pub(crate) use literal::{json_string, like_pattern};
pub(crate) use percent::path_part;
#[cfg(feature = "messages")]
pub(crate) use percent::{push_query_value, query_value};
pub(crate) use special::{is_plain, special};
