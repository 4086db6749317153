//! Connections to the database: readers, the writer, time limits and cancellation.

mod callers;
mod pool;
mod watch;

pub(crate) use pool::{Connection, Connections, Place};
pub(crate) use watch::Cancellation;
