//! Large reads: several ranges of a column at a time, as one stream that can be stopped and resumed.

mod lane;
#[allow(clippy::module_inception, reason = "the type is what the module is named after")]
mod ranges;
mod split;

pub use ranges::Ranges;
