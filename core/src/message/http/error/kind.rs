//! The kinds of errors.

use http::StatusCode;

/// The kind of an [`Error`](super::Error). Each error has one.
///
/// The kind of a refusal follows from Dataverse's code; if the code says nothing, from the HTTP status.
///
/// ```
/// use dataverse_entity::Error;
/// use dataverse_entity::http::StatusCode;
/// use dataverse_entity::message::ErrorKind;
///
/// /// The status that a web service of your own answers with.
/// fn own_status(error: &Error) -> StatusCode {
///     match error.kind() {
///         ErrorKind::NotFound => StatusCode::NOT_FOUND,
///         ErrorKind::Conflict | ErrorKind::Duplicate => StatusCode::CONFLICT,
///         ErrorKind::Throttled | ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
///         _ => StatusCode::BAD_GATEWAY,
///     }
/// }
/// assert_eq!(own_status(&Error::invalid_request("no id")), StatusCode::BAD_GATEWAY);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The record does not exist, or no record matches a query for a single record.
    NotFound,
    /// Several records match a query for a single record.
    NotUnique,
    /// The record changed after the etag of the request was read.
    Conflict,
    /// A record with this key exists, or a duplicate detection rule found a similar one.
    Duplicate,
    /// The caller exceeded a limit: number of requests, execution time, or concurrent requests.
    Throttled,
    /// The service, or a gateway in front of it, cannot answer now (502, 503, 504).
    Unavailable,
    /// The caller has no right to do this.
    PermissionDenied,
    /// The server rejected the token (401).
    Unauthorized,
    /// The delta link is too old; read all records again to get a new one.
    DeltaLinkExpired,
    /// An aggregate covers more rows than Dataverse's limit of 50,000; narrow the query.
    AggregateLimit,
    /// Custom logic, such as a plug-in, refused. Its author wrote the message.
    Plugin,
    /// The server refused for another reason: see [`Error::code`](super::Error::code).
    Refused,
    /// The request cannot be built. Nothing was sent.
    InvalidRequest,
    /// Another message of the batch or change set failed, so this one had no effect.
    NotCarriedOut,
    /// The answer to the batch leaves out the message. The server may have carried it out.
    OutcomeUnknown,
    /// The server carried out the request, but its answer cannot be read.
    Decode,
    /// The request never left.
    NotSent,
    /// No answer arrived. The server may have carried out the request.
    NoAnswer,
    /// No answer arrived in time. The server may have carried out the request.
    TimedOut,
    /// No token could be obtained. Nothing was sent.
    Token,
    /// An error created with [`Error::other`](super::Error::other).
    Other,
}

/// Whether a request without an answer may have been carried out.
///
/// ```
/// use dataverse_entity::Error;
/// use dataverse_entity::message::TransportFailure;
///
/// let error = Error::transport(TransportFailure::TimedOut, "no answer within 150 s");
/// assert!(error.is_timeout() && error.is_outcome_unknown());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportFailure {
    /// The request never left, so the server did not carry it out.
    NotSent,
    /// The server may have carried out the request.
    NoAnswer,
    /// The request timed out; the server may have carried it out.
    TimedOut,
}

impl From<TransportFailure> for ErrorKind {
    fn from(failure: TransportFailure) -> Self {
        match failure {
            TransportFailure::NotSent => Self::NotSent,
            TransportFailure::NoAnswer => Self::NoAnswer,
            TransportFailure::TimedOut => Self::TimedOut,
        }
    }
}

/// Returns the kind of a refusal. Names and codes are those of Microsoft's reference of error codes
/// (`powerapps-docs`, `data-service-error-codes`).
pub(super) fn of_refusal(status: StatusCode, code: Option<u32>) -> ErrorKind {
    match code {
        // ObjectDoesNotExist, RecordNotFoundByEntityKey
        Some(0x8004_0217 | 0x8006_0891) => ErrorKind::NotFound,
        // ConcurrencyVersionMismatch
        Some(0x8006_0882) => ErrorKind::Conflict,
        // DuplicateRecord, DuplicateRecordEntityKey, DuplicateRecordsFound
        Some(0x8004_0237 | 0x8006_0892 | 0x8004_0333) => ErrorKind::Duplicate,
        // Number of requests, execution time, concurrent requests
        Some(0x8007_2321 | 0x8007_2322 | 0x8007_2326) => ErrorKind::Throttled,
        // PrivilegeDenied, AccessDenied
        Some(0x8004_0220 | 0x8004_8405) => ErrorKind::PermissionDenied,
        // The delta token is older than the organization keeps changes.
        Some(0x8004_4352) => ErrorKind::DeltaLinkExpired,
        // AggregateQueryRecordLimitExceeded
        Some(0x8004_E023) => ErrorKind::AggregateLimit,
        // IsvAborted
        Some(0x8004_0265) => ErrorKind::Plugin,
        _ => match status {
            StatusCode::NOT_FOUND => ErrorKind::NotFound,
            StatusCode::PRECONDITION_FAILED => ErrorKind::Conflict,
            StatusCode::TOO_MANY_REQUESTS => ErrorKind::Throttled,
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                ErrorKind::Unavailable
            }
            StatusCode::FORBIDDEN => ErrorKind::PermissionDenied,
            StatusCode::UNAUTHORIZED => ErrorKind::Unauthorized,
            _ => ErrorKind::Refused,
        },
    }
}
