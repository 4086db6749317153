//! The limits of Dataverse, by the codes of its refusals.

use dataverse_entity_core::message::Error;

/// A limit that Dataverse sets each user on a web server. (Microsoft Learn: "Service protection API limits".)
///
/// ```
/// use dataverse_entity::Error;
/// use dataverse_entity::client::ServiceLimit;
/// use dataverse_entity::http::{HeaderMap, StatusCode};
///
/// let body = br#"{"error":{"code":"0x80072326","message":"Number of concurrent requests exceeded the limit of 52."}}"#;
/// let error = Error::refused(StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new(), body);
/// assert_eq!(ServiceLimit::of(&error), Some(ServiceLimit::Concurrency));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceLimit {
    /// The number of requests: 6,000 within 300 seconds (`0x80072322`).
    Requests,
    /// The combined execution time of requests: 1,200 seconds within 300 seconds (`0x80072321`).
    ExecutionTime,
    /// The number of concurrent requests: 52 (`0x80072326`).
    Concurrency,
    /// Another limit: a 429 with another code or without one, such as that of a gateway.
    Other,
}

impl ServiceLimit {
    /// Returns the limit that a refusal names; `None` if the error is no 429.
    pub fn of(error: &Error) -> Option<Self> {
        error.is_throttled().then(|| match error.code() {
            Some(0x8007_2322) => Self::Requests,
            Some(0x8007_2321) => Self::ExecutionTime,
            Some(0x8007_2326) => Self::Concurrency,
            _ => Self::Other,
        })
    }

    /// Returns the name of the limit in events and metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::ExecutionTime => "execution time",
            Self::Concurrency => "concurrency",
            Self::Other => "other",
        }
    }
}
