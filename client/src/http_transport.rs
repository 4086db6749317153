//! The transport over reqwest.

use core::fmt;
use core::net::IpAddr;
use core::time::Duration;
use std::error::Error as StdError;

use bytes::Bytes;
use dataverse_entity_core::message::{Error, Organization};
use futures_core::future::BoxFuture;
use http::{Request, Response};

use crate::transport::{Transport, TransportError};

/// Sends with reqwest. Follows no redirects.
///
/// TLS is that of the feature `rustls`, a default, or `native-tls`. Without either, only `http://` addresses
/// work. The transport asks for answers that are compressed with the features `gzip`, a default, `brotli` and
/// `zstd`, and decompresses them. It does not compress the bodies of requests.
///
/// reqwest rewrites URLs by the rules of browsers: a space, `"`, `'`, `<` or `>` that a link of the server
/// has unencoded in its query is sent percent-encoded, which means the same. Everything else is sent byte for
/// byte.
///
/// ```
/// use std::time::Duration;
///
/// use dataverse_entity::Organization;
/// use dataverse_entity::client::{Client, HttpTransport, StaticToken};
///
/// // Clients of several organizations share one transport and its connections.
/// let transport = HttpTransport::new(Duration::from_secs(5))?;
/// for url in ["https://contoso.crm4.dynamics.com", "https://fabrikam.crm4.dynamics.com"] {
///     let client = Client::builder(Organization::new(url)?, StaticToken::new("eyJ0…"))
///         .transport(transport.clone())
///         .build()?;
///     # let _ = client;
/// }
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    /// The client for addresses of this machine. It uses no proxy, which would see the token.
    direct: Option<reqwest::Client>,
}

impl HttpTransport {
    /// Creates a transport with this timeout for establishing a connection.
    ///
    /// It uses the proxies that the environment names, but never for an address of this machine.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, Error> {
        let direct = Some(build(connect_timeout, true)?);
        Ok(Self { client: build(connect_timeout, false)?, direct })
    }

    /// Creates the transport of one organization.
    pub(crate) fn for_org(org: &Organization, connect_timeout: Duration) -> Result<Self, Error> {
        Ok(Self::with_client(build(connect_timeout, org.is_loopback())?))
    }

    /// Creates a transport over a reqwest client of your own, such as one with a proxy or a client
    /// certificate.
    ///
    /// Build the client with `redirect(Policy::none())`. Otherwise, reqwest follows redirects. It removes the
    /// token if the host differs, but may send the body and all other headers to the other host.
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
        Self { client, direct: None }
    }
}

fn build(connect_timeout: Duration, is_loopback: bool) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout)
        .referer(false);
    let builder = if is_loopback { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| TransportError::not_sent(Chain::of(&error)).into())
}

#[diagnostic::do_not_recommend]
impl Transport for HttpTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let is_loopback = request.uri().host().is_some_and(is_loopback);
            let client = self.direct.as_ref().filter(|_| is_loopback).unwrap_or(&self.client);
            let request = reqwest::Request::try_from(request).map_err(classify)?;
            let mut answer = client.execute(request).await.map_err(classify)?;
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            *response.headers_mut() = core::mem::take(answer.headers_mut());
            *response.body_mut() = answer.bytes().await.map_err(classify)?;
            Ok(response)
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// Tells errors apart by whether the request may have left: without a connection, or a valid request, it did
/// not.
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

/// The texts of an error's sources, without the URL, which may hold data.
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
