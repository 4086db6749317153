//! The transport over a tower service.

use core::fmt;
use core::future::poll_fn;
use std::error::Error as StdError;
use std::sync::Mutex;

use bytes::Bytes;
use futures_core::future::BoxFuture;
use http::{Request, Response};
use tower_service::Service;

use crate::lock::lock;
use crate::transport::{Transport, TransportError};

/// Sends with a tower service, such as a stack of layers.
///
/// The service must not follow redirects: that would send the token to another host. The client has retries,
/// timeouts and limits of its own, so the stack needs none. Errors that are a [`TransportError`] say themselves
/// whether the request may have been carried out. Of other errors, those of `poll_ready` mean that the request
/// was not sent, and those of a call that it may have been carried out.
///
/// ```
/// use std::convert::Infallible;
/// use std::future::{Ready, ready};
/// use std::task::{Context, Poll};
///
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::client::{Client, NoToken, TowerTransport};
/// use dataverse_entity::http::{Request, Response};
/// use tower_service::Service;
///
/// /// Answers each request with 204.
/// #[derive(Clone)]
/// struct Done;
///
/// impl Service<Request<Bytes>> for Done {
///     type Response = Response<Bytes>;
///     type Error = Infallible;
///     type Future = Ready<Result<Response<Bytes>, Infallible>>;
///
///     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
///         Poll::Ready(Ok(()))
///     }
///
///     fn call(&mut self, _: Request<Bytes>) -> Self::Future {
///         let mut response = Response::new(Bytes::new());
///         *response.status_mut() = dataverse_entity::http::StatusCode::NO_CONTENT;
///         ready(Ok(response))
///     }
/// }
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::builder(org, NoToken).transport(TowerTransport::new(Done)).build()?;
/// # let _ = client;
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
pub struct TowerTransport<S> {
    // The mutex is locked for the time of a clone. It makes services that are not `Sync` usable.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// Creates a transport over a service. Each request is sent with a clone of it.
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service) }
    }
}

#[diagnostic::do_not_recommend]
impl<S> Transport for TowerTransport<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    S::Future: Send,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut service = lock(&self.service).clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| classified(error.into(), TransportError::not_sent))?;
            service.call(request).await.map_err(|error| classified(error.into(), TransportError::no_answer))
        })
    }
}

/// Returns the error itself if it is one of a transport.
fn classified(
    error: Box<dyn StdError + Send + Sync>,
    otherwise: impl FnOnce(Box<dyn StdError + Send + Sync>) -> TransportError,
) -> TransportError {
    error.downcast::<TransportError>().map_or_else(otherwise, |error| *error)
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}
