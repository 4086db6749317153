//! What can go wrong with a request, and the texts that say it.

#[allow(clippy::module_inception, reason = "the error is what the module is named after")]
mod error;
mod kind;
mod refusal;
mod request_summary;

pub use error::Error;
pub(in crate::message) use error::REQUEST_IDS;
pub use kind::{ErrorKind, TransportFailure};
pub use request_summary::RequestSummary;
