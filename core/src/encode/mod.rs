//! The one encoder: whatever goes into a URL, a filter or a body goes through here.
//!
//! For URLs there are three layers, always in this order: wildcards are escaped where they are live ([`like_pattern`]), quotes are
//! doubled ([`Literal::odata`]), and the whole value of a query option is percent-encoded ([`query_value`]).

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
pub(crate) use percent::query_value;
pub(crate) use special::{is_plain, special};
