//! The settings of the limits.

use std::time::Duration;

use super::cost::ModelCost;

/// The limits that Dataverse sets each user on a web server, for
/// [`EmulatorBuilder::limits`](crate::EmulatorBuilder::limits) and for a [`Limiter`](super::Limiter) of your
/// own.
///
/// A request that exceeds a limit gets 429 with `Retry-After` and one of three codes: `0x80072322` (number of
/// requests), `0x80072321` (execution time) or `0x80072326` (concurrent requests). Each answer has the headers
/// `x-ms-ratelimit-burst-remaining-xrm-requests`, `x-ms-ratelimit-time-remaining-xrm-requests` and
/// `x-ms-dop-hint`. (Microsoft Learn: "Service protection API limits", "Send parallel requests".)
///
/// ```
/// use core::time::Duration;
/// use dataverse_emulator::{Emulator, ServiceLimits};
/// use dataverse_entity::client::RetryPolicy;
/// use dataverse_entity::message::WhoAmI;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> { tokio::runtime::Runtime::new()?.block_on(async {
/// let limits = ServiceLimits::documented().requests(2);
/// let emulator = Emulator::builder().clock("2026-03-04T09:00:00Z".parse()?).limits(limits).build()?;
/// let client = emulator.client().with_retry(RetryPolicy::none());
/// client.execute(WhoAmI).await?;
/// client.execute(WhoAmI).await?;
/// let error = client.execute(WhoAmI).await.unwrap_err();
/// assert_eq!((error.code(), error.retry_after()), (Some(0x8007_2322), Some(Duration::from_secs(300))));
///
/// emulator.advance(Duration::from_secs(300));
/// client.execute(WhoAmI).await?;
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "limits do nothing until they are given to `EmulatorBuilder::limits`"]
pub struct ServiceLimits {
    pub(super) requests: usize,
    pub(super) execution_time: Duration,
    pub(super) concurrent_requests: usize,
    pub(super) window: Duration,
    pub(super) recommended_concurrency: usize,
    pub(super) cost: Option<ModelCost>,
}

impl ServiceLimits {
    /// Creates the limits that Microsoft documents: 6,000 requests and 20 minutes of execution time in a
    /// sliding window of 300 seconds, and 52 concurrent requests. The recommended concurrency is 48, as in the
    /// answer that Microsoft shows; the execution time of a request is the time that it really takes.
    pub const fn documented() -> Self {
        Self {
            requests: 6000,
            execution_time: Duration::from_secs(1200),
            concurrent_requests: 52,
            window: Duration::from_secs(300),
            recommended_concurrency: 48,
            cost: None,
        }
    }

    /// Sets the number of requests in a window, at least 1.
    pub const fn requests(mut self, count: usize) -> Self {
        self.requests = if count == 0 { 1 } else { count };
        self
    }

    /// Sets the combined execution time of the requests in a window.
    pub const fn execution_time(mut self, time: Duration) -> Self {
        self.execution_time = time;
        self
    }

    /// Sets the number of concurrent requests, at least 1.
    pub const fn concurrent_requests(mut self, count: usize) -> Self {
        self.concurrent_requests = if count == 0 { 1 } else { count };
        self
    }

    /// Sets the length of the sliding window, at least a microsecond.
    pub const fn window(mut self, time: Duration) -> Self {
        self.window = time;
        self
    }

    /// Sets the number that answers recommend in `x-ms-dop-hint`.
    pub const fn recommended_concurrency(mut self, count: usize) -> Self {
        self.recommended_concurrency = count;
        self
    }

    /// Takes the execution time of a request from this model in place of the time that it really takes. On the
    /// service's clock, the request then runs, and counts as concurrent, until this time has passed.
    ///
    /// With a clock that only [`Emulator::advance`](crate::Emulator::advance) and
    /// [`Emulator::freeze_at`](crate::Emulator::freeze_at) move, a load is simulated faster than it would run,
    /// and in the same way each time. The answer has its [`ExecutionTime`](super::ExecutionTime) in its
    /// extensions, for a transport that passes it on after that time.
    pub const fn cost(mut self, model: ModelCost) -> Self {
        self.cost = Some(model);
        self
    }
}

impl Default for ServiceLimits {
    fn default() -> Self {
        Self::documented()
    }
}
