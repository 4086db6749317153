//! The connections to the database, who waits for them, and how long.

mod callers;
mod pool;
mod watch;

pub(crate) use pool::{Connection, Connections, Place};
pub(crate) use watch::Cancellation;
