//! Keeps the requests of a client within the limits of Dataverse: a queue that every request passes, and a gate
//! for each identity.
//!
//! ```text
//! queue ──► gate ──► pause         how long everybody waits after a refusal
//!                ──► concurrency   how many requests may be under way
//!                ──► left          what the server says is left of its limits
//!                ──► spent         what a budget has left
//! ```
//!
//! What is right of the gate has no clock and no locks of its own: the gate tells it the time.

mod budget;
mod concurrency;
mod figures;
mod gate;
mod left;
mod limit;
mod pause;
mod queue;
mod spent;

pub use budget::Budget;
pub use figures::{Refusals, Throttle};
pub(crate) use gate::{Gate, Pause};
pub use limit::ServiceLimit;
pub(crate) use pause::{Backoff, delay};
pub(crate) use queue::{Patience, Queue};
