//! A request and its answer, as they were.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

/// A request and its answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The method.
    pub method: Method,
    /// Path and query, as they were sent.
    pub target: String,
    /// The headers of the request.
    pub request_headers: HeaderMap,
    /// The body of the request.
    pub request_body: Bytes,
    /// The status; nothing where the connection was cut instead.
    pub status: Option<StatusCode>,
    /// The headers of the answer.
    pub response_headers: HeaderMap,
    /// The body of the answer.
    pub response_body: Bytes,
}
