//! The in-process transport, without sockets. The HTTP server uses it, too.

use core::fmt;
use std::cell::RefCell;

use bytes::Bytes;
use dataverse_entity::client::{BoxFuture, Client, NoToken, Transport, TransportError};
use dataverse_entity::message::{Error, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;
use futures_timer::Delay;
use http::{Request, Response, StatusCode};

use super::fault::Effect;
use super::service::{ADDRESS, lock};
use super::{Emulator, Exchange};
use crate::batch;
use crate::connections::Cancellation;
use crate::dispatch::{Dispatcher, MAX_URL_LENGTH, is_batch, split_target, too_long};
use crate::error::Refusal;
use crate::http::{Incoming, Outgoing};

/// A [`Transport`] to an [`Emulator`] in the same process, without sockets. It carries out a request on the
/// thread that waits for the answer.
///
/// ```
/// use dataverse_emulator::Emulator;
/// use dataverse_entity::client::{Client, NoToken, RetryPolicy};
/// use dataverse_entity::message::{Organization, WhoAmI};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let emulator = Emulator::new();
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let client = Client::builder(org, NoToken).transport(emulator.transport()).retry(RetryPolicy::none()).build()?;
/// assert_eq!(client.execute(WhoAmI).await?.user.to_string(), emulator.user().to_string());
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
pub struct InProcessTransport {
    emulator: Emulator,
    user: Option<String>,
}

/// The connection broke.
#[derive(Debug)]
pub(crate) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was cut")
    }
}

impl core::error::Error for Cut {}

impl Emulator {
    /// Returns an in-process client that acts as [`user`](Self::user), an administrator.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::message::WhoAmI;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// let me = emulator.client().execute(WhoAmI).await?;
    /// assert_eq!(me.user.to_string(), emulator.user().to_string());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Panics
    ///
    /// Does not panic: the address is a valid constant.
    #[expect(clippy::expect_used, reason = "the address is a constant")]
    pub fn client(&self) -> Client {
        self.client_through(self.transport()).expect("the address is valid")
    }

    /// Returns an in-process client that acts as this user, with the user's rights.
    ///
    /// ```
    /// use dataverse_emulator::Emulator;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
    /// let emulator = Emulator::new();
    /// let id = emulator.client().execute(SessionEvent::create().name("Accepted")).await?;
    /// let ada = emulator.client_as(emulator.add_user("Ada Agent")?);
    /// let error = ada.execute(SessionEvent::retrieve(id)).await.unwrap_err();
    /// assert!(error.is_permission_denied(), "{error}");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Panics
    ///
    /// Does not panic: the address is a valid constant.
    #[expect(clippy::expect_used, reason = "the address is a constant")]
    pub fn client_as(&self, user: Id<SystemUser>) -> Client {
        self.client_through(self.transport().as_user(user)).expect("the address is valid")
    }

    /// Returns the in-process transport, for clients that [`client`](Self::client) does not build.
    pub fn transport(&self) -> InProcessTransport {
        InProcessTransport::new(self.clone())
    }

    fn client_through(&self, transport: InProcessTransport) -> Result<Client, Error> {
        Client::builder(Organization::new(ADDRESS)?, NoToken).transport(transport).build()
    }
}

impl InProcessTransport {
    fn new(emulator: Emulator) -> Self {
        Self { emulator, user: None }
    }

    /// Returns a transport whose requests act as this user, with the user's rights.
    #[must_use]
    pub fn as_user(mut self, user: Id<SystemUser>) -> Self {
        self.user = Some(user.to_string());
        self
    }

    /// Carries out a request, unless it exceeds the limits of the user. It ends early if it is cancelled.
    pub(crate) async fn exchange(
        &self,
        request: Request<Bytes>,
        cancellation: &Cancellation,
    ) -> Result<Response<Bytes>, Cut> {
        let Some(limiter) = &self.emulator.inner.limiter else {
            return self.carry_out(&request, cancellation).await;
        };
        match limiter.begin(self.user(), self.emulator.now(), &request) {
            Ok(visit) => {
                let response = self.carry_out(&request, cancellation).await?;
                Ok(visit.end(self.emulator.now(), response))
            }
            Err(refusal) => {
                let (head, body) = refusal.clone().into_parts();
                let answer = Outgoing { status: head.status, headers: head.headers, body };
                self.record(&request, Some(&answer));
                Ok(refusal)
            }
        }
    }

    /// Returns the user whose rights count, and whose requests are limited.
    fn user(&self) -> &str {
        self.user.as_deref().unwrap_or(&self.emulator.inner.user)
    }

    async fn carry_out(
        &self,
        request: &Request<Bytes>,
        cancellation: &Cancellation,
    ) -> Result<Response<Bytes>, Cut> {
        let effect = self.emulator.inner.faults.take(request);
        let refusal = match effect {
            Some(Effect::Delay(time)) => {
                Delay::new(time).await;
                None
            }
            Some(Effect::Throttle(time)) => {
                let message =
                    "Number of requests exceeded the limit of 6000 over time window of 300 seconds.";
                let mut refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "0x80072322", message);
                refusal.retry_after = Some(u32::try_from(time.as_secs()).unwrap_or(u32::MAX));
                Some(Outgoing::from(refusal))
            }
            Some(Effect::Unavailable) => {
                let page = b"<html><body><h1>503 Service Unavailable</h1></body></html>".to_vec();
                Some(Outgoing::bytes(StatusCode::SERVICE_UNAVAILABLE, "text/html", page))
            }
            Some(Effect::Refuse(status, code, message)) => Some(Refusal::new(status, code, message).into()),
            Some(Effect::CutBefore) => {
                self.record(request, None);
                return Err(Cut);
            }
            Some(Effect::CutAfter) | None => None,
        };
        let answer = refusal.unwrap_or_else(|| self.answer(request, cancellation));
        if matches!(effect, Some(Effect::CutAfter)) {
            self.record(request, None);
            return Err(Cut);
        }
        self.record(request, Some(&answer));
        let mut response = Response::new(answer.body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        Ok(response)
    }

    fn answer(&self, request: &Request<Bytes>, cancellation: &Cancellation) -> Outgoing {
        let uri = request.uri();
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let Some(version) = version(target) else {
            return outside(uri.path()).into();
        };
        let authority = uri.authority().map(|authority| authority.as_str());
        let host = request.headers().get("host").and_then(|host| host.to_str().ok());
        let scheme = uri.scheme_str().unwrap_or("http");
        let root = format!("{scheme}://{}/api/data/{version}", authority.or(host).unwrap_or("localhost"));
        let (path, query) = split_target(target);
        let incoming = Incoming {
            method: request.method().clone(),
            path,
            query,
            headers: request.headers().clone(),
            body: request.body().clone(),
        };
        let inner = &self.emulator.inner;
        let dispatcher = Dispatcher {
            schemas: &inner.schemas,
            connections: &inner.connections,
            cancellation,
            user: self.user(),
            root,
            now: self.emulator.now().as_microsecond(),
            strict: inner.strict,
            ids: &inner.ids,
            contents: RefCell::default(),
        };
        if is_batch(&incoming.path) {
            return batch::answer(&dispatcher, &incoming).unwrap_or_else(Outgoing::from);
        }
        if incoming.path.len() + incoming.query.len() > MAX_URL_LENGTH {
            return too_long(MAX_URL_LENGTH);
        }
        dispatcher.one(&incoming)
    }

    fn record(&self, request: &Request<Bytes>, answer: Option<&Outgoing>) {
        let inner = &self.emulator.inner;
        if inner.trace_limit == 0 {
            return;
        }
        let mut trace = lock(&inner.trace);
        if trace.len() >= inner.trace_limit {
            trace.pop_front();
        }
        trace.push_back(Exchange {
            method: request.method().clone(),
            target: request
                .uri()
                .path_and_query()
                .map_or_else(String::new, |target| target.as_str().to_owned()),
            request_headers: request.headers().clone(),
            request_body: request.body().clone(),
            status: answer.map(|answer| answer.status),
            response_headers: answer.map(|answer| answer.headers.clone()).unwrap_or_default(),
            response_body: answer.map(|answer| answer.body.clone()).unwrap_or_default(),
        });
    }
}

/// Returns the refusal of a path outside of the Web API.
fn outside(path: &str) -> Refusal {
    let other = ["/api/search/", "/api/backgroundoperation/"].into_iter().find(|each| path.starts_with(each));
    match other {
        Some(other) => Refusal::not_implemented(&format!("The service at {other}")),
        None => {
            let mut refusal = Refusal::unknown_segment(path);
            refusal.message.push_str(" (The Web API of this emulator is at /api/data/v9.2/.)");
            refusal
        }
    }
}

/// Returns the version in `/api/data/v9.2/…`. All versions 9.x have the same service.
fn version(target: &str) -> Option<&str> {
    let rest = target.strip_prefix("/api/data/")?;
    let version = rest.split(['/', '?']).next()?;
    matches!(version, "v9.0" | "v9.1" | "v9.2").then_some(version)
}

impl Transport for InProcessTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            self.exchange(request, &Cancellation::default()).await.map_err(TransportError::no_answer)
        })
    }
}
