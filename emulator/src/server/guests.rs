//! Open connections, and which one closes at the maximum.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The time that a new connection waits for another to close.
const MAX_WAIT: Duration = Duration::from_secs(1);

/// The connections that are open.
#[derive(Debug)]
pub(super) struct Guests {
    permits: Arc<Semaphore>,
    present: Mutex<BTreeMap<u64, Arc<Guest>>>,
    next: AtomicU64,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Guest {
    state: Mutex<State>,
    leave: Notify,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// Has had no whole request since this time, but perhaps a part of one.
    Idle(Instant),
    /// Has a request that is carried out or answered.
    Busy,
    Leaving,
}

/// The right to stay connected, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct Ticket {
    guests: Arc<Guests>,
    number: u64,
    pub(super) guest: Arc<Guest>,
    _permit: OwnedSemaphorePermit,
}

impl Guests {
    pub(super) fn new(max_connections: usize) -> Self {
        let permits = Arc::new(Semaphore::new(max_connections.min(Semaphore::MAX_PERMITS)));
        Self { permits, present: Mutex::default(), next: AtomicU64::new(0) }
    }

    /// Admits a connection; `None` if all others are busy.
    pub(super) async fn admit(self: &Arc<Self>) -> Option<Ticket> {
        let permit = match Arc::clone(&self.permits).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                self.dismiss_one();
                timeout(MAX_WAIT, Arc::clone(&self.permits).acquire_owned()).await.ok()?.ok()?
            }
        };
        let guest = Arc::new(Guest { state: Mutex::new(State::Idle(Instant::now())), leave: Notify::new() });
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        lock(&self.present).insert(number, Arc::clone(&guest));
        Some(Ticket { guests: Arc::clone(self), number, guest, _permit: permit })
    }

    /// Asks the connection that has had no request for the longest time to close.
    pub(super) fn dismiss_one(&self) {
        let present = lock(&self.present);
        let longest = present
            .values()
            .filter_map(|guest| match *lock(&guest.state) {
                State::Idle(since) => Some((since, guest)),
                State::Busy | State::Leaving => None,
            })
            .min_by_key(|(since, _)| *since);
        if let Some((_, guest)) = longest {
            guest.dismiss();
        }
    }

    /// Asks all connections without a request to close.
    pub(super) fn dismiss_all(&self) {
        for guest in lock(&self.present).values() {
            guest.dismiss();
        }
    }
}

impl Guest {
    /// Waits until the connection has to close. Only a connection without a whole request has to.
    pub(super) async fn dismissed(&self) {
        self.leave.notified().await;
    }

    /// Notes that the head of a request has arrived and its body has not.
    pub(super) fn receive(&self) {
        let mut state = lock(&self.state);
        if matches!(*state, State::Idle(_)) {
            *state = State::Idle(Instant::now());
        }
    }

    /// Notes that a whole request has arrived. Returns whether the connection may go on.
    pub(super) fn begin_request(&self) -> bool {
        let mut state = lock(&self.state);
        match *state {
            State::Leaving => false,
            State::Idle(_) | State::Busy => {
                *state = State::Busy;
                true
            }
        }
    }

    /// Notes that the request is answered.
    pub(super) fn end_request(&self) {
        *lock(&self.state) = State::Idle(Instant::now());
    }

    fn dismiss(&self) {
        let mut state = lock(&self.state);
        if matches!(*state, State::Idle(_)) {
            *state = State::Leaving;
            self.leave.notify_one();
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        lock(&self.guests.present).remove(&self.number);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
