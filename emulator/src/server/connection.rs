//! One connection: its requests and their answers, one after the other.

use std::ops::ControlFlow;

use bytes::{Bytes, BytesMut};
use http::uri::{Parts, PathAndQuery, Scheme, Uri};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::body::{Missing, Reader};
use super::guests::Guest;
use super::head::{self, Head};
use super::options::Limits;
use super::origins::Policy;
use super::{content, cross_origin, reply, work};
use crate::emulator::Door;
use crate::error::Refusal;

/// The service that all connections share.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) door: Door,
    pub(super) scheme: Scheme,
    pub(super) policy: Policy,
    pub(super) limits: Limits,
}

/// One connection and what was received on it.
pub(super) struct Conversation<'a, S> {
    stream: S,
    /// Received bytes that belong to no request yet.
    buffer: BytesMut,
    service: &'a Service,
    guest: &'a Guest,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Conversation<'a, S> {
    pub(super) fn new(stream: S, service: &'a Service, guest: &'a Guest) -> Self {
        Self { stream, buffer: BytesMut::new(), service, guest }
    }

    /// Answers requests until one of the two ends the connection.
    pub(super) async fn hold(mut self) {
        while let ControlFlow::Continue(()) = self.one().await {
            self.guest.end_request();
        }
    }

    /// Answers one request. Breaks if no more requests come.
    async fn one(&mut self) -> ControlFlow<()> {
        let limits = self.service.limits;
        if self.buffer.is_empty() {
            let received = timeout(limits.idle_timeout, self.stream.read_buf(&mut self.buffer)).await;
            if !matches!(received, Ok(Ok(1..))) {
                return ControlFlow::Break(());
            }
        }
        let head = match timeout(limits.header_timeout, self.head()).await {
            Ok(Ok(Some(head))) => head,
            Ok(Ok(None)) => return ControlFlow::Break(()),
            Ok(Err(refusal)) => return self.refuse(refusal).await,
            Err(_) => return self.refuse(too_slow("headers")).await,
        };
        self.guest.receive();
        let origin = match self.service.policy.check(&head) {
            Ok(origin) => origin,
            Err(refusal) => return self.refuse(refusal).await,
        };
        let (method, closes) = (head.method.clone(), head.closes);
        let answer = if let Some(answer) = cross_origin::preflight(&head) {
            answer
        } else {
            match self.answer(head).await {
                Ok(Some(answer)) => answer,
                Ok(None) => return ControlFlow::Break(()),
                Err(refusal) => return self.refuse_page(refusal, origin.as_ref()).await,
            }
        };
        self.send(&method, answer, origin.as_ref(), closes).await
    }

    /// Reads the head of a request; `None` if the client went away before its end.
    async fn head(&mut self) -> Result<Option<Head>, Refusal> {
        let mut seen = 0;
        loop {
            // Nothing new can be said of half a line.
            let is_new =
                seen == 0 || self.buffer[seen..].contains(&b'\n') || self.buffer.len() > head::MAX_HEAD_BYTES;
            if is_new && let Some(head) = head::take(&mut self.buffer)? {
                return Ok(Some(head));
            }
            seen = self.buffer.len();
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) if self.buffer.is_empty() => return Ok(None),
                Ok(0) => return Err(head::bad("it ends within its headers")),
                Ok(_) => {}
                Err(_) => return Ok(None),
            }
        }
    }

    /// Reads the body and carries out the request; `None` to break the connection.
    async fn answer(&mut self, head: Head) -> Result<Option<Response<Bytes>>, Refusal> {
        let limits = self.service.limits;
        let body = if head.framing.has_body() {
            content::check(&head.headers, head.target.path())?;
            let reading = async {
                if head.waits && self.buffer.is_empty() {
                    self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
                    self.stream.flush().await?;
                }
                let (stream, buffer) = (&mut self.stream, &mut self.buffer);
                Reader { stream, buffer, max_bytes: limits.max_body_bytes }.read(head.framing).await
            };
            match timeout(limits.body_timeout, reading).await {
                Ok(Ok(body)) => body,
                Ok(Err(Missing::Refused(refusal))) => return Err(refusal),
                Ok(Err(Missing::Broken)) => return Ok(None),
                Err(_) => return Err(too_slow("body")),
            }
        } else {
            Bytes::new()
        };
        if !self.guest.begin_request() {
            return Ok(None);
        }
        let request = self.request(head, body);
        let door = self.service.door.clone();
        let (stream, buffer) = (&mut self.stream, &mut self.buffer);
        Ok(work::carry_out(request, door, stream, buffer, limits.half_closed_timeout).await.ok())
    }

    /// The request with the URL that it stands for.
    fn request(&self, head: Head, body: Bytes) -> Request<Bytes> {
        let mut request = Request::new(body);
        *request.method_mut() = head.method;
        *request.headers_mut() = head.headers;
        let target = head.target.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        let mut uri = Parts::default();
        if head.authority.is_some() {
            uri.scheme = Some(self.service.scheme.clone());
            uri.authority = head.authority;
        }
        uri.path_and_query = Some(target);
        *request.uri_mut() = Uri::from_parts(uri).unwrap_or(head.target);
        request
    }

    async fn send(
        &mut self,
        method: &Method,
        mut answer: Response<Bytes>,
        origin: Option<&HeaderValue>,
        closes: bool,
    ) -> ControlFlow<()> {
        if !self.guest.begin_request() {
            return ControlFlow::Break(());
        }
        cross_origin::let_read(answer.headers_mut(), origin, self.service.policy.varies);
        let sending = reply::send(&mut self.stream, method, answer, closes);
        let sent = timeout(self.service.limits.body_timeout, sending).await;
        if !matches!(sent, Ok(Ok(()))) {
            return ControlFlow::Break(());
        }
        if closes {
            reply::close(&mut self.stream).await;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Refuses a request and ends the connection: where the next request starts is not known.
    async fn refuse(&mut self, refusal: Refusal) -> ControlFlow<()> {
        self.refuse_page(refusal, None).await
    }

    /// Refuses a request so that the page that sent it may read why.
    async fn refuse_page(&mut self, refusal: Refusal, origin: Option<&HeaderValue>) -> ControlFlow<()> {
        self.send(&Method::GET, reply::response(refusal), origin, true).await
    }
}

fn too_slow(what: &str) -> Refusal {
    let message = format!("The {what} of the request did not come in time.");
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "0x0", message)
}
