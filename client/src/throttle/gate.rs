//! The gate of one identity: it counts the requests under way, and closes after a refusal.

use core::time::Duration;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use dataverse_entity_core::message::Error;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Response};
use tokio::sync::Notify;
use tokio::sync::futures::Notified;
use tokio::time::Instant;

use super::budget::Budget;
use super::concurrency::Concurrency;
use super::figures::{Refusals, Throttle};
use super::left::{Left, Meanwhile};
use super::limit::ServiceLimit;
use super::pause::{Backoff, delay};
use super::spent::Spent;
use crate::lock::lock;

/// Lets requests of one identity through while the server has room for them. All clones of a client share it.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Wakes those who wait for room: the first of each queue.
    has_changed: Notify,
    /// Wakes those who watch for pauses.
    has_paused: Notify,
    /// Whether the identity last got no token, or none that the server takes.
    is_locked_out: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    under_way: usize,
    /// Number of requests sent so far, and of answers.
    sent: usize,
    answered: usize,
    /// Number of pauses so far.
    pauses: u64,
    /// Number of pauses since the last answer that was no refusal.
    pauses_in_a_row: u32,
    paused_until: Option<Instant>,
    /// The refusal that the pause follows.
    refusal: Option<Response<Bytes>>,
    concurrency: Concurrency,
    left: Left,
    spent: Option<Spent>,
    refusals: Refusals,
}

/// The gate has no room. It may have at this time; without one, when a request ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoRoom(pub(super) Option<Instant>);

impl Gate {
    pub(crate) fn new(budget: Option<Budget>) -> Arc<Self> {
        let state = State { spent: budget.map(Spent::new), ..State::default() };
        Arc::new(Self {
            has_changed: Notify::new(),
            has_paused: Notify::new(),
            is_locked_out: AtomicBool::new(false),
            state: Mutex::new(state),
        })
    }

    /// Returns a pass if there is room.
    pub(super) fn try_pass(self: &Arc<Self>) -> Result<Pass, NoRoom> {
        let now = Instant::now();
        let mut state = self.state();
        match state.no_room(now) {
            Some(no_room) => Err(no_room),
            None => Ok(self.admit(&mut state, now)),
        }
    }

    /// Returns a pass, whether there is room or not.
    pub(super) fn pass(self: &Arc<Self>) -> Pass {
        self.admit(&mut self.state(), Instant::now())
    }

    fn admit(self: &Arc<Self>, state: &mut State, now: Instant) -> Pass {
        state.under_way += 1;
        state.sent = state.sent.wrapping_add(1);
        Pass {
            gate: Arc::clone(self),
            pauses: state.pauses,
            sent: state.sent,
            answered: state.answered,
            took: state.spent.as_ref().map_or(Duration::ZERO, Spent::took),
            since: now,
        }
    }

    /// Returns a future that waits until there may be room. It notices what happens after this call.
    pub(super) fn next_change(&self) -> Notified<'_> {
        self.has_changed.notified()
    }

    /// Returns the number of requests under way.
    pub(super) fn under_way(&self) -> usize {
        self.state().under_way
    }

    /// Returns whether the identity last got no token, or none that the server takes.
    pub(super) fn is_locked_out(&self) -> bool {
        self.is_locked_out.load(Ordering::Relaxed)
    }

    /// Says whether the identity got no token, or none that the server takes.
    pub(crate) fn set_locked_out(&self, is_locked_out: bool) {
        self.is_locked_out.store(is_locked_out, Ordering::Relaxed);
    }

    /// Returns the refusal that the pause follows, and what is left of the pause. Its `Retry-After` is that.
    pub(super) fn refusal(&self) -> Option<(Response<Bytes>, Duration)> {
        let state = self.state();
        let left = state.paused_for(Instant::now())?;
        let mut refusal = state.refusal.clone()?;
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        refusal.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        Some((refusal, left))
    }

    /// Returns the number of concurrent requests that the server recommends.
    pub(crate) fn recommended_concurrency(&self) -> Option<usize> {
        self.state().concurrency.recommended
    }

    /// Returns the maximum number of requests under way; `None` if nothing limits it.
    pub(crate) fn concurrency(&self) -> Option<usize> {
        self.state().maximum()
    }

    /// Returns the time until the pause is over; `None` if there is none.
    pub(crate) fn paused_for(&self) -> Option<Duration> {
        self.state().paused_for(Instant::now())
    }

    /// Returns a future that waits for the next pause, or for a longer one.
    pub(crate) fn next_pause(&self) -> Notified<'_> {
        self.has_paused.notified()
    }

    /// Returns the figures for the caller.
    pub(crate) fn figures(&self) -> Throttle {
        let now = Instant::now();
        let mut state = self.state();
        let (requests_left, execution_time_left) = match state.spent.as_mut().map(|spent| spent.left(now)) {
            Some((requests, time)) => (Some(requests), Some(time)),
            None => (state.left.requests, state.left.time),
        };
        Throttle {
            paused_for: state.paused_for(now),
            refusals: state.refusals,
            under_way: state.under_way,
            concurrency: state.maximum(),
            requests_left,
            execution_time_left,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    fn recommend(&mut self, headers: &HeaderMap) {
        if let Some(hint) = headers.get("x-ms-dop-hint") {
            let hint = hint.to_str().ok().and_then(|hint| hint.trim().parse().ok());
            self.concurrency.recommended = hint.filter(|hint| *hint > 0);
        }
    }

    fn paused_for(&self, now: Instant) -> Option<Duration> {
        let left = self.paused_until?.saturating_duration_since(now);
        (!left.is_zero()).then_some(left)
    }

    fn maximum(&self) -> Option<usize> {
        match (self.concurrency.maximum(), self.left.maximum()) {
            (Some(concurrency), Some(left)) => Some(concurrency.min(left)),
            (concurrency, left) => concurrency.or(left),
        }
    }

    /// Returns why a request has to wait; `None` if there is room.
    fn no_room(&mut self, now: Instant) -> Option<NoRoom> {
        if self.paused_for(now).is_some() {
            return Some(NoRoom(self.paused_until));
        }
        if self.maximum().is_some_and(|maximum| self.under_way >= maximum) {
            return Some(NoRoom(None));
        }
        let (under_way, average) = (self.under_way, self.left.average);
        let next_room = self.spent.as_mut()?.next_room(now, under_way, average)?;
        Some(NoRoom(Some(next_room)))
    }
}

/// The pause after a refusal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pause {
    pub(crate) until: Instant,
    /// The limit that the refusal names.
    pub(crate) limit: ServiceLimit,
    /// Its length, if the refusal has begun it.
    pub(crate) begun: Option<Duration>,
}

/// The pass of one request. The request is under way until the pass is dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    gate: Arc<Gate>,
    /// Number of pauses before the request.
    pauses: u64,
    /// Number of requests sent so far, including it, and of answers before it.
    sent: usize,
    answered: usize,
    /// The durations of the budget's window before it.
    took: Duration,
    since: Instant,
}

impl Pass {
    /// Notes an answer that is no refusal of a limit.
    pub(crate) fn answered(self, headers: &HeaderMap) {
        let now = Instant::now();
        let took = now.saturating_duration_since(self.since);
        let mut state = self.gate.state();
        state.recommend(headers);
        state.answered = state.answered.wrapping_add(1);
        let meanwhile = Meanwhile {
            sent: state.sent.wrapping_sub(self.sent),
            answered: state.answered.wrapping_sub(self.answered),
        };
        state.left.answered(headers, took, meanwhile);
        state.concurrency.answered(now);
        let time_left = state.left.time;
        if let Some(spent) = &mut state.spent {
            spent.answered(now, took, time_left, self.took);
        }
        // An answer to a request from before the pause says nothing about the time after it.
        if self.pauses == state.pauses {
            state.pauses_in_a_row = 0;
        }
    }

    /// Notes a refusal, which pauses all requests.
    ///
    /// Refusals of requests that were sent before the pause belong to the same storm: they may make the pause
    /// longer, and nothing else.
    pub(crate) fn refused(self, response: &Response<Bytes>, error: &Error, backoff: Backoff) -> Pause {
        let now = Instant::now();
        let limit = ServiceLimit::of(error).unwrap_or(ServiceLimit::Other);
        let mut state = self.gate.state();
        state.recommend(response.headers());
        state.left.read(response.headers());
        state.refusals.count(limit);
        let is_new = self.pauses == state.pauses;
        if is_new {
            let under_way = state.under_way;
            if limit == ServiceLimit::Concurrency {
                state.concurrency.refused(under_way, now);
            }
            state.concurrency.pause(under_way);
            state.pauses += 1;
            state.pauses_in_a_row = state.pauses_in_a_row.saturating_add(1);
        }
        let pause = delay(error.retry_after(), backoff, state.pauses_in_a_row.saturating_sub(1));
        let until = now.checked_add(pause).unwrap_or(now);
        let is_longer = state.paused_until.is_none_or(|end| end < until);
        if is_longer {
            state.paused_until = Some(until);
            state.refusal = Some(without_identity(response));
        }
        let under_way = state.under_way;
        drop(state);
        if is_longer {
            self.gate.has_paused.notify_waiters();
        }
        if is_new {
            tracing::warn!(
                target: "dataverse_entity",
                limit = limit.name(),
                pause_ms = pause.as_millis(),
                under_way,
                %error,
                "all requests pause"
            );
        }
        Pause { until, limit, begun: is_new.then_some(pause) }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        state.under_way = state.under_way.saturating_sub(1);
        drop(state);
        self.gate.has_changed.notify_waiters();
    }
}

/// Returns a refusal without the headers that identify its request: it is shown for other requests, too.
fn without_identity(response: &Response<Bytes>) -> Response<Bytes> {
    let mut refusal = Response::new(response.body().clone());
    *refusal.status_mut() = response.status();
    if let Some(kind) = response.headers().get(CONTENT_TYPE) {
        refusal.headers_mut().insert(CONTENT_TYPE, kind.clone());
    }
    refusal
}
