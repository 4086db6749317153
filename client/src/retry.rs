//! When to try again, and how long to wait before.

use core::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::operation::{Error, Kind, Transport};

/// When a client tries again.
///
/// - A request that the server refused because there were too many (429), and one that never left, is always sent again:
///   nothing was carried out.
/// - A request that may have been carried out (no answer, or 502, 503 or 504) is sent again only if that makes no
///   difference: [`Operation::is_repeatable`](crate::operation::Operation::is_repeatable), or
///   [`assume_repeatable`](crate::operation::Operation::assume_repeatable) of the caller.
/// - Nothing else is sent again.
///
/// The server's `Retry-After` is waited for, and a little longer, so that not all callers come back at once; where it says
/// nothing, the wait doubles each time, again with some chance in it.
#[derive(Debug, Clone, PartialEq)]
pub struct RetryPolicy {
    attempts: u32,
    least_wait: Duration,
    longest_wait: Duration,
    longest_retry_after: Duration,
}

impl RetryPolicy {
    /// Five attempts, waits from half a second to half a minute, and `Retry-After` up to five minutes, which is the window
    /// that Dataverse counts requests in.
    pub const fn new() -> Self {
        Self {
            attempts: 5,
            least_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            longest_retry_after: Duration::from_secs(300),
        }
    }

    /// One attempt, and that is it.
    pub const fn never() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// How many attempts there are, the first one counted; at least one is made.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// How long the first wait is, and how long no wait is longer than, where the server says nothing.
    #[must_use]
    pub const fn waits(mut self, least: Duration, longest: Duration) -> Self {
        self.least_wait = least;
        self.longest_wait = longest;
        self
    }

    /// The longest `Retry-After` that is waited for; if the server wants longer, its refusal is the result.
    #[must_use]
    pub const fn longest_retry_after(mut self, longest: Duration) -> Self {
        self.longest_retry_after = longest;
        self
    }

    /// The waits where the server says nothing: one fewer than attempts.
    pub(super) fn waits_without_word(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        let retries = usize::try_from(self.attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let backoff =
            ExponentialBuilder::new().with_min_delay(self.least_wait).with_max_delay(self.longest_wait);
        backoff.with_max_times(retries).with_jitter().build()
    }

    /// How long to wait before the next attempt; `None` where there is none. `wait` is what it is where the server says
    /// nothing.
    pub(super) fn wait(
        &self,
        error: &Error,
        is_repeatable: bool,
        wait: Option<Duration>,
    ) -> Option<Duration> {
        let wait = wait?;
        let was_not_carried_out = error.is_throttled() || is_not_sent(error);
        let makes_no_difference = is_repeatable && (error.is_unavailable() || error.is_transport());
        if !(was_not_carried_out || makes_no_difference) {
            return None;
        }
        match error.retry_after() {
            Some(word) if word > self.longest_retry_after => None,
            Some(word) => Some(word + word.mul_f64(0.1 * fastrand::f64())),
            None => Some(wait),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

fn is_not_sent(error: &Error) -> bool {
    matches!(error.kind(), Kind::Transport { problem: Transport::NotSent, .. })
}
