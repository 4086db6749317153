//! When a request is sent again, and after which delay.

use core::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use dataverse_entity_core::message::{Error, TransportFailure};

/// When a client sends a request again.
///
/// - A throttled request (429), and one that never left, is always sent again: the server did not carry it out.
/// - A request that the server may have carried out (no answer, or 502, 503 or 504) is sent again only if it is idempotent:
///   [`Message::is_idempotent`](dataverse_entity_core::message::Message::is_idempotent), or
///   [`assume_idempotent`](dataverse_entity_core::message::Message::assume_idempotent) of the caller.
/// - Nothing else is sent again.
///
/// The client waits for the server's `Retry-After`, and up to a tenth longer, so that not all callers come back at once.
/// Without that header the delay doubles with each attempt, with jitter.
///
/// ```
/// use std::time::Duration;
///
/// use dataverse_entity::client::RetryPolicy;
///
/// let patient = RetryPolicy::new().attempts(8).backoff(Duration::from_secs(1), Duration::from_secs(60));
/// # let _ = patient;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RetryPolicy {
    attempts: u32,
    min_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
}

impl RetryPolicy {
    /// Creates the usual policy: five attempts, a backoff from half a second to half a minute, and `Retry-After` up to five
    /// minutes, which is the window in which Dataverse counts requests.
    pub const fn new() -> Self {
        Self {
            attempts: 5,
            min_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(300),
        }
    }

    /// Creates the policy that never sends a request again.
    pub const fn never() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// Sets how often a request is sent, the first time included. At least one attempt is made.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the initial and maximum backoff used when the server sends no `Retry-After`.
    #[must_use]
    pub const fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.min_backoff = min;
        self.max_backoff = max;
        self
    }

    /// Sets the maximum `Retry-After` that the client waits for; if the server asks for more, its refusal is the result.
    #[must_use]
    pub const fn max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    /// Returns the delays used without `Retry-After`, one fewer than attempts.
    pub(crate) fn backoff_delays(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        let retries = usize::try_from(self.attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let backoff =
            ExponentialBuilder::new().with_min_delay(self.min_backoff).with_max_delay(self.max_backoff);
        backoff.with_max_times(retries).with_jitter().build()
    }

    /// Returns the delay before the next attempt; `None` if there is none. `backoff` is the delay used without
    /// `Retry-After`.
    pub(crate) fn delay(
        &self,
        error: &Error,
        is_idempotent: bool,
        backoff: Option<Duration>,
    ) -> Option<Duration> {
        let backoff = backoff?;
        let was_not_carried_out =
            error.is_throttled() || error.transport_failure() == Some(TransportFailure::NotSent);
        let may_be_sent_twice = is_idempotent && (error.is_unavailable() || error.is_transport());
        if !(was_not_carried_out || may_be_sent_twice) {
            return None;
        }
        match error.retry_after() {
            Some(retry_after) if retry_after > self.max_retry_after => None,
            Some(retry_after) => Some(retry_after + retry_after.mul_f64(0.1 * fastrand::f64())),
            None => Some(backoff),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}
