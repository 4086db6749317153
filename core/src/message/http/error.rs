//! What can go wrong with a request, as one opaque type.

use core::fmt;
use core::time::Duration;
use std::error::Error as StdError;

use http::{HeaderMap, Method, StatusCode, header};
use serde_json::Value;

use crate::draft::Violations;
use crate::encode::EncodeError;
use crate::record::DecodeError;

/// Why a message could not be sent, was refused, or has an answer that cannot be read.
///
/// Ask the predicates what it is; the text says it in full. Neither the text nor `Debug` holds a token, a body or the query
/// of a URL. Of a request that cannot be built it quotes the value that is why, and of a refusal what the server says.
pub struct Error(Box<ErrorParts>);

struct ErrorParts {
    failure: Failure,
    request: Option<RequestSummary>,
    /// Which part of a batch it was.
    part: Option<String>,
    attempts: u32,
}

/// What kind of failure it is, with what only that kind has.
enum Failure {
    /// The request cannot be built: nothing was sent.
    Encode(EncodeError),
    Invalid(Violations),
    InvalidRequest(String),
    /// Another message of the batch failed, so this one had no effect.
    NotCarriedOut(String),
    /// The server said no.
    Service(ServiceError),
    /// The server said yes, in a way that cannot be read.
    Decode {
        status: StatusCode,
        source: DecodeError,
    },
    Unreadable {
        status: StatusCode,
        problem: String,
    },
    /// There is no answer.
    Transport {
        failure: TransportFailure,
        source: Box<dyn StdError + Send + Sync>,
    },
    Token(Box<dyn StdError + Send + Sync>),
}

/// What is known of a request that got no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportFailure {
    /// The request never left, so the server did not carry it out.
    NotSent,
    /// The server may have carried out the request.
    NoAnswer,
    /// The request timed out; the server may have carried it out.
    TimedOut,
}

/// The server's refusal.
struct ServiceError {
    status: StatusCode,
    code: Option<u32>,
    message: String,
    retry_after: Option<Duration>,
}

/// Which request it was: method and path, without the query, which may hold data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSummary {
    method: Method,
    path: String,
}

impl RequestSummary {
    /// Returns method and path of a request.
    pub fn of<B>(request: &http::Request<B>) -> Self {
        Self { method: request.method().clone(), path: request.uri().path().to_owned() }
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path of the URL, without host and query.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for RequestSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Codes of Dataverse, as its reference of error codes prints them.
mod code {
    pub(super) const OBJECT_DOES_NOT_EXIST: u32 = 0x8004_0217;
    pub(super) const RECORD_NOT_FOUND_BY_ENTITY_KEY: u32 = 0x8006_0891;
    pub(super) const DUPLICATE_RECORD: u32 = 0x8004_0237;
    pub(super) const DUPLICATE_RECORD_ENTITY_KEY: u32 = 0x8006_0892;
    pub(super) const DUPLICATE_RECORDS_FOUND: u32 = 0x8004_0333;
    pub(super) const CONCURRENCY_VERSION_MISMATCH: u32 = 0x8006_0882;
    pub(super) const PRIVILEGE_DENIED: u32 = 0x8004_0220;
    pub(super) const ACCESS_DENIED: u32 = 0x8004_8405;
    pub(super) const THROTTLED_REQUESTS: u32 = 0x8007_2322;
    pub(super) const THROTTLED_TIME: u32 = 0x8007_2321;
    pub(super) const THROTTLED_CONCURRENCY: u32 = 0x8007_2326;
}

/// Who carries messages builds errors with these: a client, or a message of one's own.
impl Error {
    fn new(failure: Failure) -> Self {
        Self(Box::new(ErrorParts { failure, request: None, part: None, attempts: 1 }))
    }

    /// Creates the error of a request that cannot be built: nothing was sent, and
    /// [`is_invalid_request`](Self::is_invalid_request) is true.
    ///
    /// ```
    /// let error = dataverse_entity::Error::invalid_request("the message holds no record");
    /// assert!(error.is_invalid_request());
    /// ```
    pub fn invalid_request(problem: impl Into<String>) -> Self {
        Self::new(Failure::InvalidRequest(problem.into()))
    }

    /// Reads the server's refusal: the error's code and message from the body, and `Retry-After` from the headers.
    ///
    /// A body that is not Dataverse's JSON is quoted by its beginning, at most 200 characters.
    ///
    /// ```
    /// # use dataverse_entity::Error;
    /// # use dataverse_entity::http::{HeaderMap, StatusCode};
    /// let body = br#"{"error":{"code":"0x80040217","message":"contact With Id = 6f96 Does Not Exist"}}"#;
    /// let error = Error::refused(StatusCode::NOT_FOUND, &HeaderMap::new(), body);
    /// assert_eq!(error.code(), Some(0x8004_0217));
    /// assert!(error.is_not_found());
    /// ```
    pub fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let (code, message) = refusal(body).unwrap_or_else(|| (None, excerpt(body)));
        Self::new(Failure::Service(ServiceError { status, code, message, retry_after: retry_after(headers) }))
    }

    /// Creates the error of an answer that does not have the form it should have; [`is_decode`](Self::is_decode) is true.
    pub fn unreadable(status: StatusCode, problem: impl Into<String>) -> Self {
        Self::new(Failure::Unreadable { status, problem: problem.into() })
    }

    /// Creates the error of an answer whose JSON cannot be read; [`is_decode`](Self::is_decode) is true.
    pub fn decode(status: StatusCode, source: DecodeError) -> Self {
        Self::new(Failure::Decode { status, source })
    }

    /// Creates the error of a request that got no answer; [`is_transport`](Self::is_transport) is true.
    ///
    /// The source must not hold the token or the query of the URL: both `Display` and `source` show it.
    pub fn transport(failure: TransportFailure, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Failure::Transport { failure, source: source.into() })
    }

    /// Creates the error of a request for which no token could be obtained: nothing was sent.
    pub fn token(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Failure::Token(source.into()))
    }

    pub(crate) fn not_carried_out(why: &str) -> Self {
        Self::new(Failure::NotCarriedOut(why.to_owned()))
    }

    pub(crate) fn in_part(mut self, part: String) -> Self {
        self.0.part.get_or_insert(part);
        self
    }

    /// Sets how often the request was sent, as [`attempts`](Self::attempts) tells it.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets which request it was, unless the error knows it already.
    #[must_use]
    pub fn with_request(mut self, request: RequestSummary) -> Self {
        self.0.request.get_or_insert(request);
        self
    }
}

impl Error {
    /// The HTTP status of the answer; `None` where there was none.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.failure {
            Failure::Service(error) => Some(error.status),
            Failure::Decode { status, .. } | Failure::Unreadable { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Dataverse's code of the error, such as `0x80040217`. It is an `HRESULT`; Microsoft's SDK prints it as a signed number.
    pub fn code(&self) -> Option<u32> {
        match &self.0.failure {
            Failure::Service(error) => error.code,
            _ => None,
        }
    }

    /// What the server says, or the beginning of what a gateway before it says.
    pub fn message(&self) -> Option<&str> {
        match &self.0.failure {
            Failure::Service(error) => Some(&error.message),
            _ => None,
        }
    }

    /// How long the server wants to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.failure {
            Failure::Service(error) => error.retry_after,
            _ => None,
        }
    }

    /// Which request it was, where a client or a batch sent it.
    pub fn request(&self) -> Option<&RequestSummary> {
        self.0.request.as_ref()
    }

    /// How often the request was sent: more than once where a client tried again.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What can be said against the body, where that is why it was not sent.
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.failure {
            Failure::Invalid(violations) => Some(violations),
            _ => None,
        }
    }

    /// Is there no such record?
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
            || self.has_code(&[code::OBJECT_DOES_NOT_EXIST, code::RECORD_NOT_FOUND_BY_ENTITY_KEY])
    }

    /// Has the record changed since the etag of the request was read?
    pub fn is_conflict(&self) -> bool {
        self.has_code(&[code::CONCURRENCY_VERSION_MISMATCH])
            || (self.has_status(StatusCode::PRECONDITION_FAILED) && !self.is_duplicate())
    }

    /// Is there a record with this key already, or one that a detection rule takes for the same?
    pub fn is_duplicate(&self) -> bool {
        self.has_code(&[
            code::DUPLICATE_RECORD,
            code::DUPLICATE_RECORD_ENTITY_KEY,
            code::DUPLICATE_RECORDS_FOUND,
        ])
    }

    /// Did the caller send too much, for too long, or too much at once?
    pub fn is_throttled(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
            || self.has_code(&[code::THROTTLED_REQUESTS, code::THROTTLED_TIME, code::THROTTLED_CONCURRENCY])
    }

    /// Is the service, or a gateway before it, unable to answer now (502, 503, 504)?
    pub fn is_unavailable(&self) -> bool {
        self.has_status(StatusCode::BAD_GATEWAY)
            || self.has_status(StatusCode::SERVICE_UNAVAILABLE)
            || self.has_status(StatusCode::GATEWAY_TIMEOUT)
    }

    /// Has the caller no right to do this?
    pub fn is_permission_denied(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
            || self.has_code(&[code::PRIVILEGE_DENIED, code::ACCESS_DENIED])
    }

    /// Is the token missing, not valid or no longer valid?
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED) || matches!(self.0.failure, Failure::Token(_))
    }

    /// Was nothing sent, because the request cannot be built?
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.failure, Failure::Encode(_) | Failure::Invalid(_) | Failure::InvalidRequest(_))
    }

    /// Had the message no effect because another one of its batch or change set failed?
    pub fn is_not_carried_out(&self) -> bool {
        matches!(self.0.failure, Failure::NotCarriedOut(_))
    }

    /// Is there an answer that cannot be read?
    pub fn is_decode(&self) -> bool {
        matches!(self.0.failure, Failure::Decode { .. } | Failure::Unreadable { .. })
    }

    /// Did no answer arrive?
    pub fn is_transport(&self) -> bool {
        matches!(self.0.failure, Failure::Transport { .. })
    }

    /// What is known of a request that got no answer; `None` if there was one, or if nothing was to be sent.
    pub fn transport_failure(&self) -> Option<TransportFailure> {
        match &self.0.failure {
            Failure::Transport { failure, .. } => Some(*failure),
            _ => None,
        }
    }

    /// Did it take too long?
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.failure, Failure::Transport { failure: TransportFailure::TimedOut, .. })
    }

    fn has_status(&self, status: StatusCode) -> bool {
        matches!(&self.0.failure, Failure::Service(error) if error.status == status)
    }

    fn has_code(&self, codes: &[u32]) -> bool {
        self.code().is_some_and(|code| codes.contains(&code))
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::new(Failure::Encode(error))
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::new(Failure::Invalid(violations))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(request) = &self.0.request {
            write!(f, "{request}: ")?;
        }
        if let Some(part) = &self.0.part {
            write!(f, "{part}: ")?;
        }
        match &self.0.failure {
            Failure::Encode(error) => write!(f, "the request cannot be built: {error}")?,
            Failure::Invalid(violations) => write!(f, "the request was not sent: {violations}")?,
            Failure::InvalidRequest(problem) => f.write_str(problem)?,
            Failure::NotCarriedOut(why) => write!(f, "not carried out, because {why}")?,
            Failure::Service(error) => {
                write!(f, "{}", error.status)?;
                if let Some(code) = error.code {
                    write!(f, ", code 0x{code:08X}")?;
                }
                if !error.message.is_empty() {
                    write!(f, ": {}", error.message)?;
                }
            }
            Failure::Decode { source, .. } => write!(f, "the answer cannot be read: {source}")?,
            Failure::Unreadable { status, problem } => {
                write!(f, "the answer ({status}) cannot be read: {problem}")?;
            }
            Failure::Transport { failure, source } => {
                let what = match failure {
                    TransportFailure::NotSent => "the request was not sent",
                    TransportFailure::NoAnswer => "no answer; the request may have been carried out",
                    TransportFailure::TimedOut => "no answer in time; the request may have been carried out",
                };
                write!(f, "{what}: {source}")?;
            }
            Failure::Token(source) => write!(f, "no token: {source}")?,
        }
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.failure {
            Failure::Encode(error) => Some(error),
            Failure::Invalid(violations) => Some(violations),
            Failure::Decode { source, .. } => Some(source),
            Failure::Transport { source, .. } | Failure::Token(source) => Some(&**source),
            Failure::InvalidRequest(_)
            | Failure::NotCarriedOut(_)
            | Failure::Service(_)
            | Failure::Unreadable { .. } => None,
        }
    }
}

/// Code and message of `{"error":{"code":"0x80040217","message":"…"}}`; on premises `{"Message":"…"}` occurs, too.
fn refusal(body: &[u8]) -> Option<(Option<u32>, String)> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let body: Value = serde_json::from_slice(body).ok()?;
    let error = body.get("error").unwrap_or(&body);
    let text = |name: &str| error.get(name).and_then(Value::as_str);
    let message = text("message").or_else(|| text("Message"))?;
    let code = error.get("code").and_then(code_of).filter(|code| *code != 0);
    Some((code, message.to_owned()))
}

/// A code is a hexadecimal text in letters of either case, and now and then a signed number.
fn code_of(code: &Value) -> Option<u32> {
    match code {
        Value::String(text) => match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => text.parse::<i32>().ok().map(i32::cast_unsigned),
        },
        Value::Number(number) => i32::try_from(number.as_i64()?).ok().map(i32::cast_unsigned),
        _ => None,
    }
}

/// The beginning of a body that is not what was expected, on one line.
pub(crate) fn excerpt(body: &[u8]) -> String {
    const MOST: usize = 200;
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * MOST)]);
    let words: Vec<_> = text.split(|each: char| each.is_whitespace() || each.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.is_empty() => "(empty body)".to_owned(),
        None => line,
    }
}

/// `Retry-After`: seconds from Dataverse, a date from some gateways.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(std::time::SystemTime::now()).unwrap_or_default())
}
