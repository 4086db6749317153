//! The error of a request, its kinds and its texts.

#[allow(clippy::module_inception, reason = "the error is what the module is named after")]
mod error;
mod kind;
mod refusal;
mod request_summary;

pub use error::Error;
pub(in crate::message) use error::REQUEST_IDS;
pub use kind::{ErrorKind, TransportFailure};
pub use request_summary::RequestSummary;
