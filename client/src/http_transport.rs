//! Sending with reqwest.

use core::fmt;
use core::time::Duration;
use std::error::Error as StdError;

use bytes::Bytes;
use dataverse_entity_core::message::Error;
use futures_core::future::BoxFuture;
use http::{Request, Response};

use crate::transport::{Transport, TransportError};

/// Sends with reqwest, over TLS with rustls, and follows no redirects.
///
/// reqwest takes URLs apart and puts them together again by the rules of browsers: what the server's links have unencoded
/// of space, `"`, `'`, `<` and `>` in their queries arrives percent-encoded, which means the same; all else arrives byte for
/// byte.
#[derive(Debug, Clone)]
pub struct HttpTransport(reqwest::Client);

impl HttpTransport {
    /// A transport that waits this long for a connection.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(connect_timeout)
            .referer(false)
            .build();
        let client = client.map_err(|error| Error::from(TransportError::not_sent(Chain::of(&error))))?;
        Ok(Self(client))
    }

    /// Creates a transport over a reqwest client of the caller's own, for proxies, certificates and the like.
    ///
    /// Build the client with `redirect(Policy::none())`: otherwise reqwest follows redirects by itself, and sends the token
    /// with them.
    ///
    /// ```
    /// use dataverse_entity::client::{Client, HttpTransport, StaticToken};
    ///
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    /// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let client = Client::builder(org, StaticToken::new("eyJ0…")).transport(HttpTransport::with_client(http)).build()?;
    /// assert_eq!(client.organization().origin(), "https://contoso.crm4.dynamics.com");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn with_client(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(classify)?;
            let mut answer = self.0.execute(request).await.map_err(classify)?;
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            *response.headers_mut() = core::mem::take(answer.headers_mut());
            *response.body_mut() = answer.bytes().await.map_err(classify)?;
            Ok(response)
        })
    }
}

/// Without a connection, or without a request, nothing left.
fn classify(error: reqwest::Error) -> TransportError {
    let chain = Chain::of(&error);
    if error.is_connect() || error.is_builder() {
        TransportError::not_sent(chain)
    } else if error.is_timeout() {
        TransportError::timed_out(chain)
    } else {
        TransportError::no_answer(chain)
    }
}

/// The reasons of an error, without the URL, which may hold data.
#[derive(Debug)]
struct Chain(String);

impl Chain {
    fn of(error: &reqwest::Error) -> Self {
        let mut reasons = Vec::new();
        let mut next = error.source();
        while let Some(reason) = next {
            reasons.push(reason.to_string());
            next = reason.source();
        }
        if reasons.is_empty() {
            let kind = if error.is_timeout() { "timed out" } else { "the request failed" };
            reasons.push(kind.to_owned());
        }
        reasons.dedup();
        Self(reasons.join(": "))
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Chain {}
