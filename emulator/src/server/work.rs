//! Carries out a request for as long as its caller waits for the answer.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Request, Response};
use tokio::io::AsyncRead;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::wire::Wire;
use super::{compression, reply};
use crate::connections::Cancellation;
use crate::emulator::InProcessTransport;
use crate::emulator::transport::Cut;
use crate::error::Refusal;

/// Cancels the work when dropped.
struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Carries out a request, and cancels it if its caller goes. Compresses the answer for a caller that takes gzip.
pub(super) async fn carry_out<S: AsyncRead + Unpin>(
    request: Request<Bytes>,
    transport: InProcessTransport,
    takes_gzip: bool,
    wire: &Wire<S>,
    half_closed_timeout: Duration,
) -> Result<Response<Bytes>, Cut> {
    let cancellation = Cancellation::default();
    let _cancelling = CancelOnDrop(cancellation.clone());
    // SQLite works on the thread that calls it.
    let runtime = Handle::current();
    let work = spawn_blocking(move || {
        let answered = runtime.block_on(transport.exchange(request, &cancellation));
        if takes_gzip { answered.map(compression::gzip) } else { answered }
    });
    match select(work, pin!(wire.gone(half_closed_timeout))).await {
        Either::Left((Ok(done), _)) => done,
        Either::Left((Err(_), _)) => Ok(reply::response(Refusal::internal("the work on it was broken off"))),
        Either::Right(((), _)) => Err(Cut),
    }
}
