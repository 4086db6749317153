//! A request and its answer, without their connection.

mod error_details;
mod incoming;
mod negotiation;
mod outgoing;
mod preferences;

pub(crate) use incoming::Incoming;
pub(crate) use negotiation::check as check_negotiation;
pub(crate) use outgoing::{JSON, Outgoing};
pub(crate) use preferences::Preferences;
