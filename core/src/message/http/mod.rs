//! HTTP for all messages: requests, replies, options, preferences, the organization and the error.

mod entity_id;
mod error;
mod options;
mod organization;
mod preferences;
mod repeated;
mod reply;
mod request;

pub(in crate::message) use error::REQUEST_IDS;
pub use error::{Error, ErrorKind, RequestSummary, TransportFailure};
pub use options::{BypassLogic, RequestOptions};
pub use organization::Organization;
pub use preferences::Annotations;
pub(super) use preferences::{PREFER, Preferences};
pub use repeated::Repeated;
pub(super) use reply::Reply;
pub(super) use request::{
    JSON, MAX_URL_LENGTH, NAMESPACE, RequestBuilder, RequestPart, finish, follow, header_value, prefer,
    record_path,
};
