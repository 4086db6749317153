//! The error of a request: one opaque type.

use core::fmt;
use core::time::Duration;
use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};

use super::kind::{ErrorKind, TransportFailure};
use super::refusal::Refusal;
use super::request_summary::RequestSummary;
use crate::draft::Violations;
use crate::encode::{EncodeError, excerpt};
use crate::record::DecodeError;

/// The error of a message that could not be sent, was refused, or has an answer that cannot be read.
///
/// Use [`kind`](Self::kind) or the `is_*` predicates to classify the error; `Display` gives the full message.
/// An error is cheap to clone.
///
/// ```
/// use dataverse_entity::Error;
/// use dataverse_entity::http::{HeaderMap, StatusCode};
///
/// let body = br#"{"error":{"code":"0x80040237","message":"A record with these values already exists."}}"#;
/// let error = Error::refused(StatusCode::PRECONDITION_FAILED, &HeaderMap::new(), body);
/// assert!(error.is_duplicate());
/// assert_eq!(
///     error.to_string(),
///     "412 Precondition Failed, code 0x80040237: A record with these values already exists."
/// );
/// ```
///
/// Neither `Display` nor `Debug` shows a token, a body, the query of a URL, or the value of an alternate key
/// in its path. They quote only what caused the error: a value with which the request cannot be built; the
/// message of the server's refusal, shortened and without control characters; or a value of the answer that
/// its field cannot hold.
///
/// [`source`](StdError::source) continues where the text ends: it skips a cause whose text `Display` already
/// shows.
#[derive(Clone)]
pub struct Error(Arc<ErrorParts>);

#[derive(Clone)]
struct ErrorParts {
    failure: Failure,
    headers: HeaderMap,
    request: Option<RequestSummary>,
    /// The part of a batch, or the range of a query, that failed.
    part: Option<String>,
    attempts: u32,
}

/// Maximum length of the problem of an unreadable answer, in characters.
const MAX_PROBLEM: usize = 2_000;

/// The headers that hold the id of a request, the more reliable one first.
pub(in crate::message) const REQUEST_IDS: [&str; 2] = ["x-ms-service-request-id", "req_id"];

type Source = Arc<dyn StdError + Send + Sync>;

/// The failure, with the data that only its kind has.
#[derive(Clone)]
enum Failure {
    /// The request cannot be built: nothing was sent.
    Encode(EncodeError),
    Invalid(Violations),
    InvalidRequest(String),
    /// Another message of the batch failed, so this one had no effect.
    NotCarriedOut(String),
    /// The answer to a batch leaves the message out.
    OutcomeUnknown(String),
    /// The server refused.
    Service(Refusal),
    /// The server refused a change set, without saying which of its requests failed.
    ChangeSet(Refusal),
    /// The server carried out the request, and its answer cannot be read.
    Decode {
        status: Option<StatusCode>,
        source: DecodeError,
    },
    Unreadable {
        status: StatusCode,
        problem: String,
    },
    /// No answer arrived.
    Transport {
        failure: TransportFailure,
        source: Source,
    },
    Token(Source),
    /// The answer is valid, but has no record or several, although the message reads one.
    NotOne {
        kind: ErrorKind,
        problem: String,
    },
    Other(Source),
}

/// Constructors, for clients, messages of your own, and tests.
impl Error {
    fn new(failure: Failure) -> Self {
        let headers = HeaderMap::new();
        Self(Arc::new(ErrorParts { failure, headers, request: None, part: None, attempts: 1 }))
    }

    /// Creates an error of any other kind: [`kind`](Self::kind) is [`ErrorKind::Other`].
    ///
    /// ```
    /// use dataverse_entity::Error;
    /// use dataverse_entity::message::ErrorKind;
    ///
    /// let error = Error::other("the queue is full");
    /// assert_eq!(error.kind(), ErrorKind::Other);
    /// assert_eq!(error.to_string(), "the queue is full");
    /// ```
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Failure::Other(source.into().into()))
    }

    /// Creates the error of a query that finds no record.
    pub(crate) fn no_record(problem: String) -> Self {
        Self::new(Failure::NotOne { kind: ErrorKind::NotFound, problem })
    }

    /// Creates the error of a query for one record that finds several.
    pub(crate) fn not_unique(problem: String) -> Self {
        Self::new(Failure::NotOne { kind: ErrorKind::NotUnique, problem })
    }

    /// Creates the error of a request that cannot be built, so that nothing was sent;
    /// [`is_invalid_request`](Self::is_invalid_request) is true.
    ///
    /// ```
    /// let error = dataverse_entity::Error::invalid_request("the message holds no record");
    /// assert!(error.is_invalid_request());
    /// ```
    pub fn invalid_request(problem: impl Into<String>) -> Self {
        Self::new(Failure::InvalidRequest(problem.into()))
    }

    /// Reads the refusal in an answer, as [`refused`](Self::refused) does. If the status is a success, the
    /// error says that the answer is not the expected one, and [`is_decode`](Self::is_decode) is true.
    ///
    /// ```
    /// use dataverse_entity::Error;
    /// use dataverse_entity::bytes::Bytes;
    /// use dataverse_entity::http::{Response, StatusCode};
    ///
    /// let mut response = Response::new(Bytes::new());
    /// *response.status_mut() = StatusCode::NOT_FOUND;
    /// assert!(Error::from_response(&response).is_not_found());
    /// ```
    pub fn from_response(response: &Response<Bytes>) -> Self {
        let (status, headers) = (response.status(), response.headers());
        match status.is_success() {
            true => Self::unreadable(status, "it is not the expected one").with_headers(headers.clone()),
            false => Self::refused(status, headers, response.body()),
        }
    }

    /// Reads the server's refusal: code, message and trace from the body, and `Retry-After` from the headers.
    ///
    /// The message is cut after 2,000 characters. If the body is not Dataverse's JSON, its first 200 characters
    /// are the message. Control characters and escape sequences of terminals are removed.
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
        Self::new(Failure::Service(Refusal::read(status, headers, body))).with_headers(headers.clone())
    }

    /// Creates the error of an answer in an unexpected form; [`is_decode`](Self::is_decode) is true.
    ///
    /// The problem must not quote the answer, which may hold a token.
    ///
    /// ```
    /// use dataverse_entity::Error;
    /// use dataverse_entity::http::StatusCode;
    ///
    /// let error = Error::unreadable(StatusCode::OK, "it holds no `JobId`");
    /// assert_eq!(error.to_string(), "the answer (200 OK) cannot be read: it holds no `JobId`");
    /// ```
    pub fn unreadable(status: StatusCode, problem: impl Into<String>) -> Self {
        // Whatever the problem quotes comes from the server.
        let problem = excerpt::line(&problem.into(), MAX_PROBLEM);
        Self::new(Failure::Unreadable { status, problem })
    }

    /// Creates the error of an answer whose JSON cannot be read; [`is_decode`](Self::is_decode) is true.
    ///
    /// ```
    /// use dataverse_entity::Error;
    /// use dataverse_entity::http::StatusCode;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let source = Page::<SessionEvent>::from_json(b"[]").unwrap_err();
    /// let error = Error::decode(StatusCode::OK, source);
    /// assert!(error.is_decode() && error.decode_error().is_some());
    /// ```
    pub fn decode(status: StatusCode, source: DecodeError) -> Self {
        Self::new(Failure::Decode { status: Some(status), source })
    }

    /// Creates the error of a request that got no answer; [`is_transport`](Self::is_transport) is true.
    ///
    /// The source must not hold the token or the query of the URL, because the error shows its text.
    pub fn transport(failure: TransportFailure, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Failure::Transport { failure, source: source.into().into() })
    }

    /// Creates the error of a request for which no token could be obtained, so that nothing was sent;
    /// [`is_token`](Self::is_token) is true.
    pub fn token(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Failure::Token(source.into().into()))
    }

    /// Creates the error of a message that had no effect because another one failed;
    /// [`is_not_carried_out`](Self::is_not_carried_out) is true.
    pub fn not_carried_out(why: impl Into<String>) -> Self {
        Self::new(Failure::NotCarriedOut(why.into()))
    }

    pub(crate) fn outcome_unknown(why: &str) -> Self {
        Self::new(Failure::OutcomeUnknown(why.to_owned()))
    }

    /// Creates the error of each request of a refused change set, if the answer does not say which of them
    /// failed.
    pub(crate) fn of_change_set(response: &Response<Bytes>) -> Self {
        let refusal = Refusal::read(response.status(), response.headers(), response.body());
        Self::new(Failure::ChangeSet(refusal)).with_headers(response.headers().clone())
    }

    /// Names the part of a batch, or the range of a query, that failed. Only for the client.
    #[doc(hidden)]
    #[must_use]
    pub fn in_part(mut self, part: String) -> Self {
        self.parts().part.get_or_insert(part);
        self
    }

    /// Turns a conflict (412) without a code into a duplicate, because Dataverse sometimes sends an empty code.
    /// The condition of the request was that the record does not exist; it failed, so the record exists.
    pub(crate) fn condition_is_absence(mut self) -> Self {
        if let Failure::Service(refusal) = &mut self.parts().failure
            && refusal.kind == ErrorKind::Conflict
            && refusal.code.is_none()
        {
            refusal.kind = ErrorKind::Duplicate;
        }
        self
    }

    /// Sets the number of attempts that [`attempts`](Self::attempts) returns.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.parts().attempts = attempts;
        self
    }

    /// Sets the request that failed, unless the error has one already.
    #[must_use]
    pub fn with_request(mut self, request: RequestSummary) -> Self {
        self.parts().request.get_or_insert(request);
        self
    }

    /// Adds the headers of the answer. Headers that the error already has stay unchanged.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        let mine = &mut self.parts().headers;
        if mine.is_empty() {
            *mine = headers;
        } else {
            for name in headers.keys() {
                if !mine.contains_key(name) {
                    headers.get_all(name).iter().for_each(|value| {
                        mine.append(name, value.clone());
                    });
                }
            }
        }
        self
    }

    fn parts(&mut self) -> &mut ErrorParts {
        Arc::make_mut(&mut self.0)
    }
}

impl Error {
    /// Returns the kind of the error. [`ErrorKind`] has an example.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.failure {
            Failure::Encode(_) | Failure::Invalid(_) | Failure::InvalidRequest(_) => {
                ErrorKind::InvalidRequest
            }
            Failure::NotCarriedOut(_) => ErrorKind::NotCarriedOut,
            Failure::OutcomeUnknown(_) => ErrorKind::OutcomeUnknown,
            Failure::Service(refusal) | Failure::ChangeSet(refusal) => refusal.kind,
            Failure::Decode { .. } | Failure::Unreadable { .. } => ErrorKind::Decode,
            Failure::Transport { failure, .. } => (*failure).into(),
            Failure::Token(_) => ErrorKind::Token,
            Failure::NotOne { kind, .. } => *kind,
            Failure::Other(_) => ErrorKind::Other,
        }
    }

    /// Returns the HTTP status of the answer; `None` if no answer arrived.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.failure {
            Failure::Unreadable { status, .. } => Some(*status),
            Failure::Decode { status, .. } => *status,
            _ => self.refusal().map(|refusal| refusal.status),
        }
    }

    /// Returns Dataverse's code of the error, such as `0x80040217`. It is an `HRESULT`; Microsoft's SDK
    /// prints it as a signed number.
    pub fn code(&self) -> Option<u32> {
        self.refusal().and_then(|refusal| refusal.code)
    }

    /// Returns the server's message, or the beginning of what a gateway in front of it sent: one line of at
    /// most 2,000 characters.
    pub fn message(&self) -> Option<&str> {
        self.refusal().map(|refusal| &*refusal.message)
    }

    /// Returns the trace of a plug-in that failed, cut after 20,000 characters. Dataverse sends it only if
    /// the request asks for [annotations](crate::message::RequestOptions::annotations).
    pub fn trace(&self) -> Option<&str> {
        self.refusal().and_then(|refusal| refusal.trace.as_deref())
    }

    /// Returns the delay that the server asks for with `Retry-After`.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use dataverse_entity::Error;
    /// use dataverse_entity::http::{HeaderMap, HeaderValue, StatusCode, header};
    ///
    /// let headers = HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_static("30"))]);
    /// let error = Error::refused(StatusCode::TOO_MANY_REQUESTS, &headers, b"");
    /// assert!(error.is_throttled());
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        self.refusal().and_then(|refusal| refusal.retry_after)
    }

    /// Returns the headers of the answer; empty if no answer arrived. They may hold cookies.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the id that the server gave the request (`x-ms-service-request-id`, `REQ_ID`). Microsoft's
    /// support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_IDS.iter().find_map(|name| self.header(name))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns the request that failed; `None` unless a client sent it.
    pub fn request(&self) -> Option<&RequestSummary> {
        self.0.request.as_ref()
    }

    /// Returns the number of attempts: more than 1 if a client sent the request again.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the violations of the draft, if they are the reason why it was not sent.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let draft = SessionEvent::create().name("x".repeat(5_000));
    /// let error = draft.request(&org.validate_drafts(true)).unwrap_err();
    /// assert!(error.violations().is_some_and(|violations| violations.to_string().contains("msdyn_name")));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.failure {
            Failure::Invalid(violations) => Some(violations),
            _ => None,
        }
    }

    /// Returns the reason why the JSON of the answer cannot be read, if that is the failure.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.failure {
            Failure::Decode { source, .. } => Some(source),
            _ => None,
        }
    }

    /// Returns the error of the transport or of the token source, or the error given to
    /// [`other`](Self::other), so that you can downcast it.
    ///
    /// ```
    /// use dataverse_entity::Error;
    ///
    /// let number = "x".parse::<u32>().unwrap_err();
    /// let error = Error::other(number.clone());
    /// assert_eq!(error.get_ref().and_then(|inner| inner.downcast_ref()), Some(&number));
    /// ```
    pub fn get_ref(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        match &self.0.failure {
            Failure::Transport { source, .. } | Failure::Token(source) | Failure::Other(source) => {
                Some(&**source)
            }
            _ => None,
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.0.failure {
            Failure::Service(refusal) | Failure::ChangeSet(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// Predicates, which follow from [`kind`](Self::kind).
impl Error {
    /// Returns whether the record does not exist, or no record matches a query for a single record.
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::NotFound
    }

    /// Returns whether several records match a query for a single record.
    pub fn is_not_unique(&self) -> bool {
        self.kind() == ErrorKind::NotUnique
    }

    /// Returns whether the record changed after the etag of the request was read.
    pub fn is_conflict(&self) -> bool {
        self.kind() == ErrorKind::Conflict
    }

    /// Returns whether a record with this key exists, or a duplicate detection rule found a similar one.
    pub fn is_duplicate(&self) -> bool {
        self.kind() == ErrorKind::Duplicate
    }

    /// Returns whether the caller exceeded a limit: number of requests, execution time, or concurrent
    /// requests.
    pub fn is_throttled(&self) -> bool {
        self.kind() == ErrorKind::Throttled
    }

    /// Returns whether the service, or a gateway in front of it, cannot answer now (502, 503, 504).
    pub fn is_unavailable(&self) -> bool {
        self.kind() == ErrorKind::Unavailable
    }

    /// Returns whether the caller has no right to do this.
    pub fn is_permission_denied(&self) -> bool {
        self.kind() == ErrorKind::PermissionDenied
    }

    /// Returns whether the server rejected the token (401). If no token could be obtained,
    /// [`is_token`](Self::is_token) is true instead.
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == ErrorKind::Unauthorized
    }

    /// Returns whether no token could be obtained, so that nothing was sent.
    pub fn is_token(&self) -> bool {
        self.kind() == ErrorKind::Token
    }

    /// Returns whether a delta link is too old. Read all records again to get a new one.
    pub fn is_delta_link_expired(&self) -> bool {
        self.kind() == ErrorKind::DeltaLinkExpired
    }

    /// Returns whether an aggregate covers more rows than Dataverse's limit of 50,000.
    pub fn is_aggregate_limit(&self) -> bool {
        self.kind() == ErrorKind::AggregateLimit
    }

    /// Returns whether custom logic, such as a plug-in, refused. Its author wrote the
    /// [`message`](Self::message); [`trace`](Self::trace) is its trace.
    pub fn is_plugin(&self) -> bool {
        self.kind() == ErrorKind::Plugin
    }

    /// Returns whether the request cannot be built, so that nothing was sent.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Returns whether the message had no effect because another one of its batch or change set failed.
    pub fn is_not_carried_out(&self) -> bool {
        self.kind() == ErrorKind::NotCarriedOut
    }

    /// Returns whether it is unknown whether the message was carried out: no answer arrived, or the answer to
    /// its batch leaves it out.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(self.kind(), ErrorKind::OutcomeUnknown | ErrorKind::NoAnswer | ErrorKind::TimedOut)
    }

    /// Returns whether the answer cannot be read. The request was carried out.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns whether no answer arrived.
    pub fn is_transport(&self) -> bool {
        self.transport_failure().is_some()
    }

    /// Returns whether a request without an answer may have been carried out; `None` if the error is of any
    /// other kind.
    pub fn transport_failure(&self) -> Option<TransportFailure> {
        match &self.0.failure {
            Failure::Transport { failure, .. } => Some(*failure),
            _ => None,
        }
    }

    /// Returns whether no answer arrived in time.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::TimedOut
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

/// Converts the error of JSON that the program read itself, for example with
/// [`Record::from_json`](crate::Record::from_json).
impl From<DecodeError> for Error {
    fn from(source: DecodeError) -> Self {
        Self::new(Failure::Decode { status: None, source })
    }
}

impl Error {
    fn write_failure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.failure {
            Failure::Encode(error) => write!(f, "the request cannot be built: {error}"),
            Failure::Invalid(violations) => write!(f, "the request was not sent: {violations}"),
            Failure::InvalidRequest(problem) => f.write_str(problem),
            Failure::NotCarriedOut(why) => write!(f, "not carried out, because {why}"),
            Failure::OutcomeUnknown(why) => write!(f, "it is unknown whether it was carried out: {why}"),
            Failure::Service(refusal) => write_refusal(refusal, f),
            Failure::ChangeSet(refusal) => {
                f.write_str(
                    "the change set was refused, and the answer does not say which request failed: ",
                )?;
                write_refusal(refusal, f)
            }
            Failure::Decode { source, .. } => write!(f, "the answer cannot be read: {source}"),
            Failure::Unreadable { status, problem } => {
                write!(f, "the answer ({status}) cannot be read: {problem}")
            }
            Failure::Transport { failure, source } => {
                let what = match failure {
                    TransportFailure::NotSent => "the request was not sent",
                    TransportFailure::NoAnswer => "no answer; the request may have been carried out",
                    TransportFailure::TimedOut => "no answer in time; the request may have been carried out",
                };
                write!(f, "{what}: {source}")
            }
            Failure::Token(source) => write!(f, "no token: {source}"),
            Failure::NotOne { problem, .. } => f.write_str(problem),
            Failure::Other(source) => write!(f, "{source}"),
        }
    }

    /// Returns notes that help to find the request, or to send a better one.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.0.attempts > 1 {
            notes.push(format!("after {} attempts", self.0.attempts));
        }
        if let Some(retry_after) = self.retry_after() {
            notes.push(format!("retry after {} s", retry_after.as_secs_f64().ceil()));
        }
        if self.is_unauthorized()
            && let Some(challenge) = self.header(header::WWW_AUTHENTICATE.as_str())
        {
            notes.push(format!("WWW-Authenticate: {}", excerpt::line(challenge, 300)));
        }
        if let Some(id) = self.request_id() {
            notes.push(format!("request id {}", excerpt::line(id, 80)));
        }
        notes
    }
}

fn write_refusal(refusal: &Refusal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}", refusal.status)?;
    if let Some(code) = refusal.code {
        write!(f, ", code 0x{code:08X}")?;
    }
    if !refusal.message.is_empty() {
        write!(f, ": {}", refusal.message)?;
    }
    Ok(())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(request) = &self.0.request {
            write!(f, "{request}: ")?;
        }
        if let Some(part) = &self.0.part {
            write!(f, "{part}: ")?;
        }
        self.write_failure(f)?;
        let notes = self.notes();
        if notes.is_empty() { Ok(()) } else { write!(f, " ({})", notes.join("; ")) }
    }
}

/// Shows the text of `Display`, and the trace below it.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")?;
        self.trace().map_or(Ok(()), |trace| write!(f, "\n{trace}"))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // `Display` shows the cause's text, so the chain continues with the cause's own source.
        match &self.0.failure {
            Failure::Encode(error) => error.source(),
            Failure::Invalid(violations) => violations.source(),
            Failure::Decode { source, .. } => source.source(),
            Failure::Transport { source, .. } | Failure::Token(source) | Failure::Other(source) => {
                source.source()
            }
            Failure::InvalidRequest(_)
            | Failure::NotCarriedOut(_)
            | Failure::OutcomeUnknown(_)
            | Failure::Service(_)
            | Failure::ChangeSet(_)
            | Failure::NotOne { .. }
            | Failure::Unreadable { .. } => None,
        }
    }
}
