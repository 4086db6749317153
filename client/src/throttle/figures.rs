//! What a caller sees of the gate.

use core::time::Duration;

use super::limit::ServiceLimit;

/// How far the limits of Dataverse hold a client back, as [`Client::throttle`](crate::Client::throttle) reports
/// it. The figures are those of all clones.
///
/// ```
/// use dataverse_entity::client::Client;
///
/// fn line(client: &Client) -> String {
///     let throttle = client.throttle();
///     match throttle.paused_for {
///         Some(pause) => format!("paused for {} s after {} refusals", pause.as_secs(), throttle.refusals.total()),
///         None => format!("{} requests under way", throttle.under_way),
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Throttle {
    /// Time until the client sends again; `None` if it is not paused.
    pub paused_for: Option<Duration>,
    /// Number of refusals (429) since the client was built.
    pub refusals: Refusals,
    /// Number of requests that have no answer yet.
    pub under_way: usize,
    /// Maximum number of requests under way; `None` if nothing limits it.
    pub concurrency: Option<usize>,
    /// Number of requests left in the window: of the budget, else what the server said last; `None` if there is
    /// neither.
    pub requests_left: Option<usize>,
    /// Execution time left in the window: of the budget, else what the server said last; `None` if there is
    /// neither.
    pub execution_time_left: Option<Duration>,
}

impl Throttle {
    /// Returns the figures of two identities together. They are paused if both are.
    pub(crate) fn and(self, other: Self) -> Self {
        fn both<T>(one: Option<T>, other: Option<T>, join: impl FnOnce(T, T) -> T) -> Option<T> {
            Some(join(one?, other?))
        }
        Self {
            paused_for: both(self.paused_for, other.paused_for, Duration::min),
            refusals: self.refusals.and(other.refusals),
            under_way: self.under_way + other.under_way,
            concurrency: both(self.concurrency, other.concurrency, usize::saturating_add),
            requests_left: both(self.requests_left, other.requests_left, usize::saturating_add),
            execution_time_left: both(
                self.execution_time_left,
                other.execution_time_left,
                Duration::saturating_add,
            ),
        }
    }
}

/// Numbers of refusals (429), by the limit that they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Refusals {
    /// For the number of requests (`0x80072322`).
    pub requests: u64,
    /// For their execution time (`0x80072321`).
    pub execution_time: u64,
    /// For concurrent requests (`0x80072326`).
    pub concurrency: u64,
    /// For another reason.
    pub other: u64,
}

impl Refusals {
    /// Returns the number of all refusals.
    pub const fn total(&self) -> u64 {
        self.requests + self.execution_time + self.concurrency + self.other
    }

    fn and(self, other: Self) -> Self {
        Self {
            requests: self.requests + other.requests,
            execution_time: self.execution_time + other.execution_time,
            concurrency: self.concurrency + other.concurrency,
            other: self.other + other.other,
        }
    }

    pub(super) fn count(&mut self, limit: ServiceLimit) {
        let count = match limit {
            ServiceLimit::Requests => &mut self.requests,
            ServiceLimit::ExecutionTime => &mut self.execution_time,
            ServiceLimit::Concurrency => &mut self.concurrency,
            ServiceLimit::Other => &mut self.other,
        };
        *count += 1;
    }
}
