//! One request and its answer.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{HOST, TRANSFER_ENCODING};
use http::request::Parts;
use http::uri::{Authority, PathAndQuery, Scheme, Uri};
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use tokio::io::AsyncRead;
use tokio::time::timeout;

use super::connection::Service;
use super::guests::Guest;
use super::reply::{bad, refusal, too_slow};
use super::wire::Wire;
use super::{compression, content, cross_origin, work};
use crate::emulator::transport::Cut;
use crate::error::{Refusal, Result, excerpt};

/// The client of one connection.
#[derive(Debug)]
pub(super) struct Caller<S> {
    pub(super) wire: Wire<S>,
    pub(super) service: Arc<Service>,
    pub(super) guest: Arc<Guest>,
}

impl<S: AsyncRead + Unpin> Caller<S> {
    /// Answers one request, or breaks the connection.
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Cut> {
        self.wire.begin();
        self.guest.receive();
        let policy = &self.service.policy;
        let (head, body) = request.into_parts();
        let checked = authority(&head)
            .and_then(|authority| Ok((policy.check(&head.headers, authority.as_ref())?, authority)));
        let (mut answer, origin) = match checked {
            Ok((origin, authority)) => (self.admitted(head, authority, body).await?, origin),
            Err(problem) => (refusal(problem), None),
        };
        if !self.guest.begin_request() {
            return Err(Cut);
        }
        cross_origin::let_read(answer.headers_mut(), origin.as_ref(), policy.varies);
        self.wire.answer();
        Ok(answer.map(Full::new))
    }

    /// Answers a request that passed the checks of host and origin.
    async fn admitted(
        &self,
        head: Parts,
        authority: Option<Authority>,
        body: Incoming,
    ) -> Result<Response<Bytes>, Cut> {
        if let Some(answer) = cross_origin::preflight(&head) {
            return Ok(answer);
        }
        let body = match self.body(&head, body).await {
            Ok(body) => body,
            Err(problem) => return Ok(refusal(problem)),
        };
        if !self.guest.begin_request() {
            return Err(Cut);
        }
        let takes_gzip = compression::takes_gzip(&head.headers);
        let request = self.request(head, authority, body);
        let Service { transport, limits, .. } = &*self.service;
        work::carry_out(request, transport.clone(), takes_gzip, &self.wire, limits.half_closed_timeout).await
    }

    /// Reads the body.
    async fn body(&self, head: &Parts, body: Incoming) -> Result<Bytes> {
        if body.is_end_stream() {
            return Ok(Bytes::new());
        }
        content::check(&head.headers, head.uri.path())?;
        let limits = self.service.limits;
        if body.size_hint().lower() > u64::try_from(limits.max_body_bytes).unwrap_or(u64::MAX) {
            return Err(too_large(limits.max_body_bytes));
        }
        match timeout(limits.body_timeout, Limited::new(body, limits.max_body_bytes).collect()).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limits.max_body_bytes)),
            Ok(Err(_)) => Err(bad("its body ends early, or a chunk is not valid")),
            Err(_) => Err(too_slow("body")),
        }
    }

    /// Returns the request with its absolute URL.
    fn request(&self, head: Parts, authority: Option<Authority>, body: Bytes) -> Request<Bytes> {
        let target = head.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        let mut uri = http::uri::Parts::default();
        if authority.is_some() {
            uri.scheme = Some(self.service.scheme.clone());
            uri.authority = authority;
        }
        uri.path_and_query = Some(target);
        let mut request = Request::new(body);
        *request.method_mut() = head.method;
        *request.headers_mut() = head.headers;
        *request.uri_mut() = Uri::from_parts(uri).unwrap_or(head.uri);
        request
    }
}

/// Returns the host of a request; `None` if an HTTP/1.0 request has none. Refuses what hyper lets through:
/// malformed targets, missing and contradicting hosts, and unknown transfer encodings.
fn authority(head: &Parts) -> Result<Option<Authority>> {
    let target = &head.uri;
    let is_absolute = [Some(&Scheme::HTTP), Some(&Scheme::HTTPS)].contains(&target.scheme());
    let is_for_all = target.path() == "*" && head.method == Method::OPTIONS;
    let is_path = target.authority().is_none() && target.path().starts_with('/');
    if !is_absolute && !is_for_all && !is_path {
        return Err(bad(&format!("'{}' is not a valid target of a request", excerpt(&target.to_string()))));
    }
    encoding(&head.headers)?;
    let host = host(&head.headers, head.version == Version::HTTP_11)?;
    Ok(target.authority().cloned().or(host))
}

/// Returns the `Host`, exactly one of which HTTP/1.1 requires.
fn host(headers: &HeaderMap, is_http_11: bool) -> Result<Option<Authority>> {
    let mut all = headers.get_all(HOST).iter();
    match (all.next(), all.next()) {
        (None, _) if is_http_11 => Err(bad("the header 'Host' is missing")),
        (None, _) => Ok(None),
        (Some(host), None) => match Authority::try_from(host.as_bytes()) {
            Ok(authority) if !authority.as_str().contains('@') => Ok(Some(authority)),
            _ => Err(bad(&format!("'{}' is not a host", excerpt(&String::from_utf8_lossy(host.as_bytes()))))),
        },
        (Some(_), Some(_)) => Err(bad("the header 'Host' comes more than once")),
    }
}

/// Refuses transfer encodings other than chunks: hyper only checks that `chunked` comes last.
fn encoding(headers: &HeaderMap) -> Result<()> {
    let mut all = headers.get_all(TRANSFER_ENCODING).iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(()),
        (Some(_), Some(_)) => Err(bad("the header 'Transfer-Encoding' comes more than once")),
        (Some(only), None) if only.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        (Some(_), None) => {
            let message = "The only 'Transfer-Encoding' that can be read is 'chunked'.";
            Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, "0x0", message))
        }
    }
}

fn too_large(max_bytes: usize) -> Refusal {
    let message = format!("The body of the request is longer than {max_bytes} bytes.");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "0x0", message)
}
