//! Carries out a request for as long as its caller waits for the answer.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use http::{Request, Response};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::reply;
use crate::connections::Cancellation;
use crate::emulator::Door;
use crate::emulator::door::Cut;
use crate::error::Refusal;

/// Maximum number of bytes of later requests that the service reads while it carries out one.
const MAX_AHEAD: usize = 64 << 10;

/// Cancels the work when dropped.
struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Carries out a request, and cancels it if its caller goes. Keeps in `buffer` what the caller sends meanwhile.
pub(super) async fn carry_out<S: AsyncRead + Unpin>(
    request: Request<Bytes>,
    door: Door,
    stream: &mut S,
    buffer: &mut BytesMut,
    half_closed_timeout: Duration,
) -> Result<Response<Bytes>, Cut> {
    let cancellation = Cancellation::default();
    let _cancelling = CancelOnDrop(cancellation.clone());
    // SQLite works on the thread that calls it.
    let runtime = Handle::current();
    let work = spawn_blocking(move || runtime.block_on(door.exchange(request, &cancellation)));
    match select(work, pin!(gone(stream, buffer, half_closed_timeout))).await {
        Either::Left((Ok(done), _)) => done,
        Either::Left((Err(_), _)) => Ok(reply::response(Refusal::internal("the work on it was broken off"))),
        Either::Right(((), _)) => Err(Cut),
    }
}

/// Waits until the caller is gone. One that has closed its side of the connection may still wait for the answer.
async fn gone<S: AsyncRead + Unpin>(stream: &mut S, buffer: &mut BytesMut, half_closed_timeout: Duration) {
    while buffer.len() < MAX_AHEAD {
        match stream.read_buf(buffer).await {
            Ok(0) => return sleep(half_closed_timeout).await,
            Ok(_) => {}
            Err(_) => return,
        }
    }
    core::future::pending().await
}
