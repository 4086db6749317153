//! The error of a request, as one opaque type.

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

/// Why a message could not be sent, was refused, or has an answer that cannot be read.
///
/// Ask [`kind`](Self::kind) or the predicates what it is; the text says it in full. It is cheap to clone.
///
/// Neither the text nor `Debug` holds a token, a body or the query of a URL, nor the values of alternate keys in its path.
/// Of a request that cannot be built it quotes the value that is why, of a refusal what the server says, cut and without
/// control characters, and of an answer that cannot be read the one value that does not fit.
///
/// [`source`](StdError::source) goes on where the text ends: a cause whose text is quoted already is not returned again.
#[derive(Clone)]
pub struct Error(Arc<ErrorParts>);

#[derive(Clone)]
struct ErrorParts {
    failure: Failure,
    headers: HeaderMap,
    request: Option<RequestSummary>,
    /// Which part of a batch it was.
    part: Option<String>,
    attempts: u32,
}

/// Maximum length of what cannot be read in an answer, in characters.
const MAX_PROBLEM: usize = 2_000;

/// The headers that hold the id of a request, the surer one first.
pub(in crate::message) const REQUEST_IDS: [&str; 2] = ["x-ms-service-request-id", "req_id"];

type Source = Arc<dyn StdError + Send + Sync>;

/// What kind of failure it is, with what only that kind has.
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
    /// The server said no.
    Service(Refusal),
    /// The server said no to a change set, and not because of which of its requests.
    ChangeSet(Refusal),
    /// The server said yes, in a way that cannot be read.
    Decode {
        status: Option<StatusCode>,
        source: DecodeError,
    },
    Unreadable {
        status: StatusCode,
        problem: String,
    },
    /// There is no answer.
    Transport {
        failure: TransportFailure,
        source: Source,
    },
    Token(Source),
    /// The answer is as it should be, and has no record, or more than the one that was asked for.
    NotOne {
        kind: ErrorKind,
        problem: String,
    },
    Other(Source),
}

/// Who carries messages builds errors with these: a client, a message of one's own, or a test.
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

    /// Creates the error of a query that finds more than the one record that was asked for.
    pub(crate) fn not_unique(problem: String) -> Self {
        Self::new(Failure::NotOne { kind: ErrorKind::NotUnique, problem })
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

    /// Reads the refusal in an answer, as [`refused`](Self::refused) does. Of a success it says that it is not the expected
    /// answer, and [`is_decode`](Self::is_decode) is true.
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

    /// Reads the server's refusal: the error's code, message and trace from the body, and `Retry-After` from the headers.
    ///
    /// A body that is not Dataverse's JSON is quoted by its beginning, at most 200 characters; a message is cut after 2,000
    /// characters. Control characters and escape sequences of terminals are left out.
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

    /// Creates the error of an answer that does not have the form it should have; [`is_decode`](Self::is_decode) is true.
    ///
    /// The problem must not quote the answer: it may hold a token.
    pub fn unreadable(status: StatusCode, problem: impl Into<String>) -> Self {
        // What it quotes all the same is the server's.
        let problem = excerpt::line(&problem.into(), MAX_PROBLEM);
        Self::new(Failure::Unreadable { status, problem })
    }

    /// Creates the error of an answer whose JSON cannot be read; [`is_decode`](Self::is_decode) is true.
    pub fn decode(status: StatusCode, source: DecodeError) -> Self {
        Self::new(Failure::Decode { status: Some(status), source })
    }

    /// Creates the error of a request that got no answer; [`is_transport`](Self::is_transport) is true.
    ///
    /// The source must not hold the token or the query of the URL: the text shows it.
    pub fn transport(failure: TransportFailure, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Failure::Transport { failure, source: source.into().into() })
    }

    /// Creates the error of a request for which no token could be obtained: nothing was sent, and
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

    /// The refusal of a change set, for each of its requests where the answer does not say which of them failed.
    pub(crate) fn of_change_set(response: &Response<Bytes>) -> Self {
        let refusal = Refusal::read(response.status(), response.headers(), response.body());
        Self::new(Failure::ChangeSet(refusal)).with_headers(response.headers().clone())
    }

    pub(crate) fn in_part(mut self, part: String) -> Self {
        self.parts().part.get_or_insert(part);
        self
    }

    /// Says that a refused condition means that the record exists. Dataverse sends an empty code now and then.
    pub(crate) fn condition_is_absence(mut self) -> Self {
        if let Failure::Service(refusal) = &mut self.parts().failure
            && refusal.kind == ErrorKind::Conflict
            && refusal.code.is_none()
        {
            refusal.kind = ErrorKind::Duplicate;
        }
        self
    }

    /// Sets how often the request was sent, as [`attempts`](Self::attempts) tells it.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.parts().attempts = attempts;
        self
    }

    /// Sets which request it was, unless the error knows it already.
    #[must_use]
    pub fn with_request(mut self, request: RequestSummary) -> Self {
        self.parts().request.get_or_insert(request);
        self
    }

    /// Adds the headers of the answer, without replacing those that the error has.
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
    /// Returns what kind of failure it is.
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

    /// Returns the HTTP status of the answer; `None` where there was none.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.failure {
            Failure::Unreadable { status, .. } => Some(*status),
            Failure::Decode { status, .. } => *status,
            _ => self.refusal().map(|refusal| refusal.status),
        }
    }

    /// Returns Dataverse's code of the error, such as `0x80040217`. It is an `HRESULT`; Microsoft's SDK prints it as a
    /// signed number.
    pub fn code(&self) -> Option<u32> {
        self.refusal().and_then(|refusal| refusal.code)
    }

    /// Returns what the server says, or the beginning of what a gateway before it says, on one line and at most 2,000
    /// characters of it.
    pub fn message(&self) -> Option<&str> {
        self.refusal().map(|refusal| &*refusal.message)
    }

    /// Returns the trace of a plug-in that failed, at most 20,000 characters of it. Dataverse sends it if
    /// [annotations](crate::message::RequestOptions::annotations) are asked for.
    pub fn trace(&self) -> Option<&str> {
        self.refusal().and_then(|refusal| refusal.trace.as_deref())
    }

    /// Returns how long the server wants to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        self.refusal().and_then(|refusal| refusal.retry_after)
    }

    /// Returns the headers of the answer; empty where there was none. They may hold cookies.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the id that the server gave the request (`x-ms-service-request-id`, `REQ_ID`): Microsoft's support asks for
    /// it.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_IDS.iter().find_map(|name| self.header(name))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns which request it was, where a client or a batch sent it.
    pub fn request(&self) -> Option<&RequestSummary> {
        self.0.request.as_ref()
    }

    /// Returns how often the request was sent: more than once where a client tried again.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns what can be said against the body, where that is why it was not sent.
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.failure {
            Failure::Invalid(violations) => Some(violations),
            _ => None,
        }
    }

    /// Returns why the JSON of the answer cannot be read, where that is the failure.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.failure {
            Failure::Decode { source, .. } => Some(source),
            _ => None,
        }
    }

    /// Returns the error that a transport, a token source or [`other`](Self::other) gave, to downcast it.
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

/// The predicates follow from [`kind`](Self::kind).
impl Error {
    /// Whether there is no such record.
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::NotFound
    }

    /// Whether a query finds more records than the one that was asked for.
    pub fn is_not_unique(&self) -> bool {
        self.kind() == ErrorKind::NotUnique
    }

    /// Whether the record changed after the etag of the request was read.
    pub fn is_conflict(&self) -> bool {
        self.kind() == ErrorKind::Conflict
    }

    /// Whether there is a record with this key already, or one that a detection rule takes for the same.
    pub fn is_duplicate(&self) -> bool {
        self.kind() == ErrorKind::Duplicate
    }

    /// Whether the caller sent too much, for too long, or too much at once.
    pub fn is_throttled(&self) -> bool {
        self.kind() == ErrorKind::Throttled
    }

    /// Whether the service, or a gateway before it, cannot answer now (502, 503, 504).
    pub fn is_unavailable(&self) -> bool {
        self.kind() == ErrorKind::Unavailable
    }

    /// Whether the caller has no right to do this.
    pub fn is_permission_denied(&self) -> bool {
        self.kind() == ErrorKind::PermissionDenied
    }

    /// Whether the server does not take the token (401). A token that could not be obtained is
    /// [`is_token`](Self::is_token).
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == ErrorKind::Unauthorized
    }

    /// Whether no token could be obtained. Nothing was sent.
    pub fn is_token(&self) -> bool {
        self.kind() == ErrorKind::Token
    }

    /// Whether the link of a delta is too old. Reading all records again gives a new one.
    pub fn is_delta_link_expired(&self) -> bool {
        self.kind() == ErrorKind::DeltaLinkExpired
    }

    /// Whether an aggregate would count more than the 50,000 rows that Dataverse takes.
    pub fn is_aggregate_limit(&self) -> bool {
        self.kind() == ErrorKind::AggregateLimit
    }

    /// Whether custom logic refused, such as a plug-in: [`message`](Self::message) is its author's, and
    /// [`trace`](Self::trace) its trace.
    pub fn is_plugin(&self) -> bool {
        self.kind() == ErrorKind::Plugin
    }

    /// Whether nothing was sent, because the request cannot be built.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Whether the message had no effect because another one of its batch or change set failed.
    pub fn is_not_carried_out(&self) -> bool {
        self.kind() == ErrorKind::NotCarriedOut
    }

    /// Whether the message may or may not have been carried out: no answer arrived, or that to its batch leaves it out.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(self.kind(), ErrorKind::OutcomeUnknown | ErrorKind::NoAnswer | ErrorKind::TimedOut)
    }

    /// Whether there is an answer that cannot be read. The request was carried out.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether no answer arrived.
    pub fn is_transport(&self) -> bool {
        self.transport_failure().is_some()
    }

    /// Returns what is known of a request that got no answer; `None` if there was one, or if nothing was to be sent.
    pub fn transport_failure(&self) -> Option<TransportFailure> {
        match &self.0.failure {
            Failure::Transport { failure, .. } => Some(*failure),
            _ => None,
        }
    }

    /// Whether no answer arrived in time.
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

/// For JSON that was read without a message, such as with [`Record::from_json`](crate::Record::from_json).
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
                    "the change set was refused, and the answer does not say because of which request: ",
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

    /// What helps to find the request again, or to send a better one.
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

/// The text, and the trace below it.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")?;
        self.trace().map_or(Ok(()), |trace| write!(f, "\n{trace}"))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The text quotes the cause, so the chain goes on with the cause's own.
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
