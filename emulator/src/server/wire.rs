//! The stream of one connection, between the socket and hyper. It measures how long each phase takes, and
//! notices that the caller is gone.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, sleep, sleep_until};

use super::guests::Guest;
use super::options::Limits;

/// Maximum number of bytes of later requests that the service reads while it carries out one.
const MAX_AHEAD: usize = 64 << 10;

/// A stream that hyper reads and writes, and that the service watches. Clones share the stream.
#[derive(Debug)]
pub(super) struct Wire<S>(Arc<Mutex<State<S>>>);

#[derive(Debug)]
struct State<S> {
    stream: S,
    /// Bytes that the caller sent while the service carried out a request.
    ahead: BytesMut,
    phase: Phase,
    /// The deadline of the phase; `None` in phases that the service itself limits.
    until: Option<Instant>,
    /// The deadline of written bytes; `None` if all are sent.
    unsent_until: Option<Instant>,
    /// Whether hyper itself has refused a request.
    is_refused: bool,
    limits: Limits,
    guest: Arc<Guest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Waits for the first byte of a request.
    Idle,
    /// Has a part of a head.
    Head,
    /// Has a request.
    Working,
    /// Has an answer that is not sent yet.
    Answered,
}

impl<S> Clone for Wire<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> Wire<S> {
    pub(super) fn new(stream: S, limits: Limits, guest: Arc<Guest>) -> Self {
        let until = after(limits.idle_timeout);
        let (ahead, phase) = (BytesMut::new(), Phase::Idle);
        let state =
            State { stream, ahead, phase, until, unsent_until: None, is_refused: false, limits, guest };
        Self(Arc::new(Mutex::new(state)))
    }

    /// Notes that the service has a request.
    pub(super) fn begin(&self) {
        self.lock().enter(Phase::Working, None);
    }

    /// Notes that the service has answered.
    pub(super) fn answer(&self) {
        let mut state = self.lock();
        state.unsent_until = after(state.limits.body_timeout);
        state.enter(Phase::Answered, None);
    }

    /// Returns whether a part of a head has come without an answer.
    pub(super) fn has_half_a_head(&self) -> bool {
        let state = self.lock();
        state.phase == Phase::Head && !state.is_refused
    }

    /// Returns whether the last bytes led to neither a request nor a refusal.
    pub(super) fn is_unanswered(&self) -> bool {
        let state = self.lock();
        matches!(state.phase, Phase::Idle | Phase::Head) && !state.is_refused
    }

    /// Waits until the caller takes too long to send a request or its head, or to read an answer.
    pub(super) async fn overdue(&self) {
        let mut timer = pin!(sleep_until(Instant::now()));
        poll_fn(|context| {
            let Some(deadline) = self.lock().deadline() else { return Poll::Pending };
            if timer.deadline() != deadline {
                timer.as_mut().reset(deadline);
            }
            timer.as_mut().poll(context)
        })
        .await;
    }

    fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: AsyncRead + Unpin> Wire<S> {
    /// Waits until the caller is gone. A caller that has closed its side of the connection may still wait for
    /// the answer.
    pub(super) async fn gone(&self, half_closed_timeout: Duration) {
        loop {
            match poll_fn(|context| self.lock().poll_ahead(context)).await {
                Ok(0) => return sleep(half_closed_timeout).await,
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }
}

impl<S> State<S> {
    fn enter(&mut self, phase: Phase, until: Option<Instant>) {
        (self.phase, self.until) = (phase, until);
    }

    fn deadline(&self) -> Option<Instant> {
        [self.until, self.unsent_until].into_iter().flatten().min()
    }

    /// Notes that hyper writes.
    fn write(&mut self) {
        if self.unsent_until.is_none() {
            self.unsent_until = after(self.limits.body_timeout);
        }
        // The service has no request to answer, so hyper itself is refusing one.
        self.is_refused |= matches!(self.phase, Phase::Idle | Phase::Head);
    }

    /// Notes that all written bytes are sent.
    fn sent(&mut self) {
        self.unsent_until = None;
        if self.phase == Phase::Answered {
            self.enter(Phase::Idle, after(self.limits.idle_timeout));
            self.guest.end_request();
        }
    }
}

impl<S: AsyncRead + Unpin> State<S> {
    fn poll_ahead(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if self.ahead.len() >= MAX_AHEAD {
            return Poll::Pending;
        }
        let mut bytes = [0; 4096];
        let mut read = ReadBuf::new(&mut bytes);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut read))?;
        self.ahead.extend_from_slice(read.filled());
        Poll::Ready(Ok(read.filled().len()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        read: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = self.lock();
        let before = read.filled().len();
        if state.ahead.is_empty() {
            ready!(Pin::new(&mut state.stream).poll_read(context, read))?;
        } else {
            let length = state.ahead.len().min(read.remaining());
            read.put_slice(&state.ahead[..length]);
            state.ahead.advance(length);
        }
        if state.phase == Phase::Idle && read.filled().len() > before {
            let until = after(state.limits.header_timeout);
            state.enter(Phase::Head, until);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut state = self.lock();
        state.write();
        Pin::new(&mut state.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.lock();
        state.write();
        Pin::new(&mut state.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.lock().stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut state = self.lock();
        ready!(Pin::new(&mut state.stream).poll_flush(context))?;
        state.sent();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.lock().stream).poll_shutdown(context)
    }
}

/// Returns the deadline after this time; `None` if it is beyond the range of the clock.
fn after(time: Duration) -> Option<Instant> {
    Instant::now().checked_add(time)
}
