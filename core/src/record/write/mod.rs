//! How records are written: as the JSON from which they can be read.
//!
//! The traits of [`rows`] give the fields of any struct. [`members`] names the members, once for all structs.

mod members;
mod rows;
mod serialize;

pub use rows::{ExpandedRows, WriteRow};
