//! How records are written: as the JSON from which they would be read.
//!
//! The traits of [`rows`] hand out the fields of a struct, whatever the struct. The members are named in [`members`], once for
//! all structs.

mod members;
mod rows;
mod serialize;

pub use rows::{ExpandedRows, WriteRow};
