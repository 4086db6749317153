//! The trace of requests and answers.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

/// A request and its answer, which [`Emulator::trace`](crate::Emulator::trace) returns.
///
/// ```
/// use dataverse_emulator::Emulator;
/// use dataverse_entity::message::WhoAmI;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let emulator = Emulator::new();
/// emulator.client().execute(WhoAmI).await?;
/// let exchange = &emulator.trace()[0];
/// assert_eq!(exchange.target, "/api/data/v9.2/WhoAmI()");
/// assert_eq!(exchange.status, Some(dataverse_entity::http::StatusCode::OK));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The method.
    pub method: Method,
    /// The path and query, still percent-encoded.
    pub target: String,
    /// The headers of the request.
    pub request_headers: HeaderMap,
    /// The body of the request.
    pub request_body: Bytes,
    /// The status; `None` if a [`Fault`](crate::Fault) cut the connection.
    pub status: Option<StatusCode>,
    /// The headers of the answer.
    pub response_headers: HeaderMap,
    /// The body of the answer.
    pub response_body: Bytes,
}
