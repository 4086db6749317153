//! Reads and writes JSON.

mod read;
mod value;
mod write;

pub(crate) use value::{Json, object};
