//! One connection. hyper speaks HTTP; this module ends connections that take too long, and answers bytes that
//! hyper passes over in silence.

use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};
use http::uri::Scheme;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::exchange::Caller;
use super::guests::Guest;
use super::options::Limits;
use super::origins::Policy;
use super::reply::{self, bad, too_slow};
use super::wire::Wire;
use crate::emulator::InProcessTransport;

/// Maximum length of a request line and its headers.
const MAX_HEAD_BYTES: usize = 128 << 10;

/// The service that all connections share.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) transport: InProcessTransport,
    pub(super) scheme: Scheme,
    pub(super) policy: Policy,
    pub(super) limits: Limits,
}

/// Answers requests until the client or the service ends the connection.
pub(super) async fn hold<S>(stream: S, service: Arc<Service>, guest: Arc<Guest>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let wire = Wire::new(stream, service.limits, Arc::clone(&guest));
    let caller = Arc::new(Caller { wire: wire.clone(), service, guest });
    let connection = http1::Builder::new()
        .half_close(true)
        .header_read_timeout(None)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(
            TokioIo::new(wire.clone()),
            service_fn(move |request| {
                let caller = Arc::clone(&caller);
                async move { caller.answer(request).await }
            }),
        );
    let ended = {
        let overdue = pin!(wire.overdue());
        match select(connection, overdue).await {
            Either::Left((ended, _)) => Some(ended),
            Either::Right(_) => None,
        }
    };
    match ended {
        None if wire.has_half_a_head() => reply::refuse(wire, too_slow("headers")).await,
        None => {}
        Some(Err(error)) if error.is_user() => {}
        // hyper answers neither a head that ends early nor HTTP/2.
        Some(Err(error)) if (error.is_parse() || error.is_incomplete_message()) && wire.is_unanswered() => {
            reply::refuse(wire, bad("it is not a complete HTTP/1.1 request")).await;
        }
        Some(_) => reply::close(wire).await,
    }
}
