//! The trait that sends requests, and what a request tells it.

use core::fmt;
use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use dataverse_entity_core::message::{Error, TransportFailure};
use futures_core::future::BoxFuture;
use http::{Request, Response};

/// Sends a request and returns the whole response.
///
/// A transport must not follow redirects: that would send the token to another host.
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::client::{BoxFuture, Client, NoToken, Transport, TransportError};
/// use dataverse_entity::http::{Request, Response};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// /// Answers each request with one event.
/// struct OneEvent;
///
/// impl Transport for OneEvent {
///     fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
///         let body = r#"{"value":[{"msdyn_sessioneventid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff",
///             "msdyn_name":"Accepted"}]}"#;
///         Box::pin(async move { Ok(Response::new(Bytes::from_static(body.as_bytes()))) })
///     }
/// }
///
/// # let run = async {
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::builder(org, NoToken).transport(OneEvent).build()?;
/// let events = client.all(SessionEvent::query()).await?;
/// assert_eq!(events[0].name.as_deref(), Some("Accepted"));
/// # Ok::<(), dataverse_entity::Error>(())
/// # };
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(run).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` sends no requests",
    label = "implement `Transport`, or wrap a `reqwest::Client` in `HttpTransport::with_client`"
)]
pub trait Transport: Send + Sync {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// Returns an error if no whole response arrived. The error says whether the request may have been
    /// carried out.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

/// Implements [`Transport`] for a pointer to a transport.
macro_rules! transport_behind {
    ($($pointer:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Transport + ?Sized> Transport for $pointer {
            fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
                (**self).send(request)
            }
        }
    )+};
}

transport_behind!(&T, Box<T>, Arc<T>);

/// Facts about the message of a request. The client puts them into the request's extensions, for transports
/// that limit, measure or record.
///
/// ```
/// use dataverse_entity::client::MessageInfo;
/// # use dataverse_entity::http::Request;
/// fn is_first_attempt<B>(request: &Request<B>) -> bool {
///     request.extensions().get::<MessageInfo>().is_none_or(|info| info.attempt() == 1)
/// }
/// # assert!(is_first_attempt(&Request::new(())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MessageInfo {
    name: &'static str,
    is_idempotent: bool,
    attempt: u32,
}

impl MessageInfo {
    pub(crate) fn new(name: &'static str, is_idempotent: bool, attempt: u32) -> Self {
        Self { name, is_idempotent, attempt }
    }

    /// Returns the name of the message in Dataverse's terms, such as `Create`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns whether the message may be sent twice.
    pub fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Returns the number of the attempt, starting at 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}

/// The reason why no whole response arrived. Its constructor decides whether the client sends the request
/// again.
///
/// ```
/// use dataverse_entity::Error;
/// use dataverse_entity::client::TransportError;
///
/// // Nothing left, so the client may send any message again.
/// let refused: Error = TransportError::not_sent("connection refused").into();
/// assert!(!refused.is_outcome_unknown());
/// // The server may have carried out the request, so the client sends only idempotent messages again.
/// let lost: Error = TransportError::no_answer("connection reset").into();
/// assert!(lost.is_outcome_unknown());
/// ```
#[derive(Debug)]
pub struct TransportError {
    failure: TransportFailure,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Creates the error of a request that certainly never left, such as without a connection.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { failure: TransportFailure::NotSent, source: source.into() }
    }

    /// Creates the error of a request without an answer, which may have been carried out.
    pub fn no_answer(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { failure: TransportFailure::NoAnswer, source: source.into() }
    }

    /// Creates the error of a request whose answer took too long, which may have been carried out.
    pub fn timed_out(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { failure: TransportFailure::TimedOut, source: source.into() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // `Display` shows the source's text, so the chain continues with the source's own source.
        self.source.source()
    }
}

impl From<TransportError> for Error {
    fn from(TransportError { failure, source }: TransportError) -> Self {
        Self::transport(failure, source)
    }
}
