//! The queue before the gates: requests pass in the order in which they came, each through the gate with the
//! most room.

use core::time::Duration;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::select_all;
use http::Response;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use super::gate::{Gate, NoRoom, Pass};

/// The queue of a client. Clones of the client share it.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    /// Its holder is the first of the queue, and the only one who waits for room. tokio's mutex is fair.
    turn: Mutex<()>,
}

/// How long a message waits for the limits of the server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Patience {
    /// It is sent at once, and a refusal is returned.
    None,
    /// It waits until this time; without one, for as long as it takes.
    Until(Option<Instant>),
}

impl Patience {
    /// Returns the patience of a message that starts now.
    pub(crate) fn of(deadline: Duration) -> Self {
        match deadline {
            Duration::ZERO => Self::None,
            deadline => Self::Until(Instant::now().checked_add(deadline)),
        }
    }

    /// Returns whether a message waits until this time.
    pub(crate) fn lasts(self, until: Instant) -> bool {
        match self {
            Self::None => false,
            Self::Until(deadline) => deadline.is_none_or(|deadline| until <= deadline),
        }
    }
}

impl Queue {
    /// Waits for room at one of the gates, and returns its index and a pass.
    ///
    /// # Errors
    ///
    /// Returns the refusal that a pause follows if the pauses of all gates last longer than the caller waits.
    // The refusal is an answer like any other, and the caller returns it as it is.
    #[allow(clippy::result_large_err, reason = "the response is returned as it is")]
    pub(crate) async fn enter(
        &self,
        gates: &[&Arc<Gate>],
        patience: Patience,
    ) -> Result<(usize, Pass), Response<Bytes>> {
        let Patience::Until(deadline) = patience else {
            let index = by_load(gates).next().unwrap_or_default();
            return Ok((index, gates[index].pass()));
        };
        refuse_beyond(deadline, gates)?;
        let _turn = match deadline {
            None => self.turn.lock().await,
            Some(at) => match timeout_at(at, self.turn.lock()).await {
                Ok(turn) => turn,
                Err(_) => {
                    // The requests before it may wait for a pause, or only for their turn.
                    refuse_beyond(deadline, gates)?;
                    self.turn.lock().await
                }
            },
        };
        loop {
            if let Ok(entered) = try_enter(gates) {
                return Ok(entered);
            }
            // Before the second look, so that no change in between is missed.
            let changes = gates.iter().map(|gate| Box::pin(gate.next_change())).collect::<Vec<_>>();
            let next = match try_enter(gates) {
                Ok(entered) => return Ok(entered),
                Err(NoRoom(next)) => next,
            };
            refuse_beyond(deadline, gates)?;
            // Whichever comes first.
            match next {
                None => drop(select_all(changes).await),
                Some(next) => drop(timeout_at(next, select_all(changes)).await),
            }
        }
    }
}

/// Returns a pass of the gate with the fewest requests under way, of those that have room; else the earliest
/// time at which one may have.
fn try_enter(gates: &[&Arc<Gate>]) -> Result<(usize, Pass), NoRoom> {
    let mut earliest: Option<Instant> = None;
    for index in by_load(gates) {
        match gates[index].try_pass() {
            Ok(pass) => return Ok((index, pass)),
            Err(NoRoom(Some(at))) => earliest = Some(earliest.map_or(at, |earliest| earliest.min(at))),
            Err(NoRoom(None)) => {}
        }
    }
    Err(NoRoom(earliest))
}

/// Returns the indexes of the gates, those with the fewest requests under way first. Those that are locked out come
/// last: they fail fast, so they would have the fewest.
fn by_load(gates: &[&Arc<Gate>]) -> impl Iterator<Item = usize> + use<> {
    let mut order: Vec<usize> = (0..gates.len()).collect();
    if order.len() > 1 {
        order.sort_by_cached_key(|index| (gates[*index].is_locked_out(), gates[*index].under_way()));
    }
    order.into_iter()
}

/// Returns an error if each gate is paused beyond the deadline: the refusal of the shortest pause.
#[allow(clippy::result_large_err, reason = "the response is returned as it is")]
fn refuse_beyond(deadline: Option<Instant>, gates: &[&Arc<Gate>]) -> Result<(), Response<Bytes>> {
    let Some(deadline) = deadline else { return Ok(()) };
    let mut shortest: Option<(Response<Bytes>, Duration)> = None;
    for gate in gates {
        match gate.refusal() {
            None => return Ok(()),
            Some((_, left)) if shortest.as_ref().is_some_and(|(_, other)| *other <= left) => {}
            refusal => shortest = refusal,
        }
    }
    match shortest {
        Some((refusal, left)) if Instant::now().checked_add(left).is_none_or(|end| end > deadline) => {
            Err(refusal)
        }
        _ => Ok(()),
    }
}
