//! What sends requests.

use core::fmt;
use std::error::Error as StdError;

use bytes::Bytes;
use dataverse_entity_core::message::{Error, TransportFailure};
use futures_core::future::BoxFuture;
use http::{Request, Response};

/// Sends a request and gives the whole response. A transport follows no redirects: the token would go along.
pub trait Transport: Send + Sync {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// No whole response arrived. The error says whether the request may have been carried out.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
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
