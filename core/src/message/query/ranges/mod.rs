//! Queries that are read in ranges of a column: where the ranges lie, what they ask, and where a reading stopped.
//! Nothing here sends anything.

mod cut;
mod edge;
mod in_ranges;
mod key_range;
mod position;
mod scale;

pub use cut::Cut;
pub use in_ranges::InRanges;
pub use key_range::{KeyRange, Point};
pub use position::RangePosition;
