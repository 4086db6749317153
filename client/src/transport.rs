//! What sends requests.

use core::fmt;
use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use dataverse_entity_core::message::{Error, TransportFailure};
use futures_core::future::BoxFuture;
use http::{Request, Response};

/// Sends a request and gives the whole response. A transport follows no redirects: the token would go along.
#[diagnostic::on_unimplemented(
    message = "`{Self}` sends no requests",
    label = "implement `Transport`, or wrap a `reqwest::Client` in `HttpTransport::with_client`"
)]
pub trait Transport: Send + Sync {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// No whole response arrived. The error says whether the request may have been carried out.
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

/// Facts about the message behind a request, in the request's extensions, for a transport that limits, measures or records.
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

    /// Returns whether the message may be carried out twice.
    pub fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Returns the number of the attempt, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}

/// Why no whole response arrived.
#[derive(Debug)]
pub struct TransportError {
    failure: TransportFailure,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// The request certainly never left: no connection came about.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { failure: TransportFailure::NotSent, source: source.into() }
    }

    /// The request may have been carried out.
    pub fn no_answer(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { failure: TransportFailure::NoAnswer, source: source.into() }
    }

    /// The request may have been carried out; its answer took too long.
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
        // The text is that of the source, so the chain goes on behind it.
        self.source.source()
    }
}

impl From<TransportError> for Error {
    fn from(TransportError { failure, source }: TransportError) -> Self {
        Self::transport(failure, source)
    }
}
