//! One HTTP exchange: a request and its answer, apart from any connection.

mod incoming;
mod outgoing;
mod preferences;

pub(crate) use incoming::Incoming;
pub(crate) use outgoing::{JSON, Outgoing};
pub(crate) use preferences::Preferences;
