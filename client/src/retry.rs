//! Decides whether a request is sent again, and after which delay.

use core::time::Duration;

use dataverse_entity_core::message::{Error, TransportFailure};

use crate::throttle::Backoff;

/// Decides when a client sends a request again.
///
/// - A throttled request (429) is always sent again: the server did not carry it out. It does not count as an
///   attempt. All requests of the client and its clones wait until the server has room again, and a message
///   fails only if that takes longer than its [`throttle_deadline`](Self::throttle_deadline).
/// - A request that never left is always sent again.
/// - A request that the server may have carried out (no answer; 502, 503 or 504; the 500 of an SQL failover,
///   whose code is `0x80044150`) is sent again only if the message
///   [is idempotent](dataverse_entity_core::message::Message::is_idempotent), or the caller
///   [assumes so](dataverse_entity_core::message::Message::assume_idempotent).
/// - Nothing else is sent again.
///
/// The client waits for the server's `Retry-After`, but at least for the initial backoff. Jitter adds up to a
/// tenth, after a 429 at most a second, so that not all callers return at once. If the header is missing, zero
/// or a time in the past, the client waits for the backoff: it doubles with each attempt up to its maximum, and
/// jitter subtracts up to half of it.
///
/// ```
/// use std::time::Duration;
///
/// use dataverse_entity::client::RetryPolicy;
///
/// let patient = RetryPolicy::new()
///     .attempts(8)
///     .backoff(Duration::from_secs(1), Duration::from_secs(60))
///     .throttle_deadline(Duration::from_secs(6 * 3600));
/// assert_ne!(patient, RetryPolicy::default());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[must_use = "a policy does nothing until a client has it"]
pub struct RetryPolicy {
    attempts: u32,
    min_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    throttle_deadline: Duration,
}

impl RetryPolicy {
    /// Creates the default policy: five attempts, a backoff from 0.5 to 30 seconds, a `Retry-After` of at most
    /// five minutes, and 30 minutes until a throttled message fails.
    pub const fn new() -> Self {
        Self {
            attempts: 5,
            min_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(300),
            throttle_deadline: Duration::from_secs(1800),
        }
    }

    /// Creates the policy that never sends a request again.
    ///
    /// ```
    /// use dataverse_entity::client::RetryPolicy;
    ///
    /// use std::time::Duration;
    ///
    /// assert_eq!(RetryPolicy::none(), RetryPolicy::new().attempts(1).throttle_deadline(Duration::ZERO));
    /// ```
    pub const fn none() -> Self {
        Self { attempts: 1, throttle_deadline: Duration::ZERO, ..Self::new() }
    }

    /// Sets how often a request is sent at most, including the first attempt. Zero means one. Attempts that the
    /// server throttled do not count.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the initial and maximum backoff used when the server sends no `Retry-After`.
    pub const fn backoff(mut self, min: Duration, max: Duration) -> Self {
        self.min_backoff = min;
        self.max_backoff = max;
        self
    }

    /// Sets how long a message waits for the limits of Dataverse, from its start until its last attempt.
    /// Default: 30 minutes, six of the windows in which Dataverse counts. `Duration::MAX` means for as long as
    /// it takes.
    ///
    /// The message fails as soon as it is known that the server has no room before the deadline; the error
    /// [is throttled](dataverse_entity_core::message::Error::is_throttled). With a deadline of zero, the client
    /// sends the message at once, even while others wait, and returns a 429 as an error. In bulk, each request
    /// has this deadline of its own.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use dataverse_entity::client::RetryPolicy;
    ///
    /// // A page that a user looks at has to answer within seconds.
    /// let interactive = RetryPolicy::new().throttle_deadline(Duration::from_secs(5));
    /// # let _ = interactive;
    /// ```
    pub const fn throttle_deadline(mut self, deadline: Duration) -> Self {
        self.throttle_deadline = deadline;
        self
    }

    /// Sets the maximum `Retry-After` that the client waits for if the server is unavailable (503). If the
    /// server asks for more, the client returns the server's refusal. Of a throttled request (429), the
    /// [`throttle_deadline`](Self::throttle_deadline) decides.
    pub const fn max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    pub(crate) const fn deadline_of_throttling(&self) -> Duration {
        self.throttle_deadline
    }

    pub(crate) const fn backoff_range(&self) -> Backoff {
        Backoff { min: self.min_backoff, max: self.max_backoff }
    }

    /// Returns the backoff before each attempt but the first.
    pub(crate) fn backoff_delays(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        let max = self.max_backoff;
        let mut next = self.min_backoff.min(max);
        (1..self.attempts).map(move |_| {
            let delay = next;
            next = delay.saturating_mul(2).min(max);
            scaled(delay, 0.5 + 0.5 * fastrand::f64())
        })
    }

    /// Returns the delay before the next attempt; `None` if there is to be none. `backoff` is the delay
    /// without a `Retry-After`. Throttled requests wait at the gate, and have no delay of their own.
    pub(crate) fn delay(
        &self,
        error: &Error,
        is_idempotent: bool,
        backoff: Option<Duration>,
    ) -> Option<Duration> {
        let backoff = backoff?;
        let was_not_sent = error.transport_failure() == Some(TransportFailure::NotSent);
        if !(was_not_sent || (is_idempotent && may_have_been_carried_out(error))) {
            return None;
        }
        match error.retry_after() {
            Some(retry_after) if retry_after > self.max_retry_after => None,
            // A time in the past does not say when the server has room again.
            None | Some(Duration::ZERO) => Some(backoff),
            Some(retry_after) => {
                let retry_after = retry_after.max(self.min_backoff.min(self.max_retry_after));
                Some(retry_after.saturating_add(scaled(retry_after, 0.1 * fastrand::f64())))
            }
        }
    }
}

/// An SQL failover: Dataverse answers 500 with this code, and a second attempt finds the new server.
const SQL_FAILOVER: u32 = 0x8004_4150;

/// Returns whether the server may have carried out the request, and a second attempt may succeed.
pub(crate) fn may_have_been_carried_out(error: &Error) -> bool {
    let is_lost = error.is_transport() && error.transport_failure() != Some(TransportFailure::NotSent);
    is_lost || error.is_unavailable() || error.code() == Some(SQL_FAILOVER)
}

/// Multiplies without a panic: returns the delay unchanged if a `Duration` cannot hold the product.
fn scaled(delay: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(delay.as_secs_f64() * factor).unwrap_or(delay)
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use dataverse_entity_core::message::Error;
    use http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::*;

    fn refused(status: u16, retry_after: Option<&'static str>, code: &str) -> Error {
        let mut headers = HeaderMap::new();
        if let Some(after) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(after));
        }
        let body = format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"m\"}}}}");
        Error::refused(StatusCode::from_u16(status).unwrap(), &headers, body.as_bytes())
    }

    fn unavailable(retry_after: &'static str) -> Error {
        refused(503, Some(retry_after), "0x0")
    }

    const BACKOFF: Option<Duration> = Some(Duration::from_secs(7));

    #[test]
    fn a_retry_after_of_exactly_the_maximum_is_waited_for() {
        let policy = RetryPolicy::new().max_retry_after(Duration::from_secs(60));
        for _ in 0..200 {
            let delay = policy.delay(&unavailable("60"), true, BACKOFF).unwrap();
            assert!(delay >= Duration::from_secs(60) && delay <= Duration::from_secs(66), "{delay:?}");
        }
        assert_eq!(policy.delay(&unavailable("60.001"), true, BACKOFF), None);
        assert_eq!(policy.delay(&unavailable("61"), true, BACKOFF), None);
    }

    #[test]
    fn a_retry_after_that_is_over_is_replaced_by_the_backoff_and_a_short_one_has_a_floor() {
        let policy = RetryPolicy::new();
        for over in ["0", "0.0", "Thu, 01 Jan 1970 00:00:00 GMT"] {
            assert_eq!(policy.delay(&unavailable(over), true, BACKOFF), BACKOFF, "{over}");
        }
        let short = policy.delay(&unavailable("0.001"), true, BACKOFF).unwrap();
        assert!(short >= Duration::from_millis(500) && short <= Duration::from_millis(550), "{short:?}");
    }

    #[test]
    fn the_backoff_doubles_up_to_its_maximum_and_jitter_takes_off_up_to_half() {
        let (min, max) = (Duration::from_secs(1), Duration::from_secs(5));
        let policy = RetryPolicy::new().attempts(6).backoff(min, max);
        let mut firsts = Vec::new();
        for _ in 0..200 {
            let delays: Vec<_> = policy.backoff_delays().collect();
            assert_eq!(delays.len(), 5);
            for (delay, seconds) in delays.iter().zip([1, 2, 4, 5, 5]) {
                let full = Duration::from_secs(seconds);
                assert!(*delay <= full && *delay >= full / 2, "{delay:?} of {full:?}");
            }
            firsts.push(delays[0]);
        }
        firsts.sort();
        firsts.dedup();
        assert!(firsts.len() > 50, "without jitter all callers come back at once");
        let late = policy.delay(&unavailable("100"), true, BACKOFF).unwrap();
        assert!((0..50).any(|_| policy.delay(&unavailable("100"), true, BACKOFF) != Some(late)));
        assert_eq!(RetryPolicy::none().backoff_delays().count(), 0);
        assert_eq!(RetryPolicy::new().attempts(0).backoff_delays().count(), 0);
    }

    #[test]
    fn no_duration_is_too_long() {
        let policy = RetryPolicy::new()
            .attempts(u32::MAX)
            .backoff(Duration::MAX, Duration::MAX)
            .max_retry_after(Duration::MAX);
        assert_eq!(policy.backoff_delays().take(100).count(), 100);
        for seconds in ["18446744073709551615", "1e300", "300"] {
            assert!(policy.delay(&unavailable(seconds), true, Some(Duration::MAX)).is_some(), "{seconds}");
        }
        // A number of seconds that no `Duration` holds exceeds the maximum; it does not count as missing.
        assert_eq!(RetryPolicy::new().delay(&unavailable("1e300"), true, BACKOFF), None);
    }

    /// A request without an answer may have been carried out, with or without a timeout; one that never left
    /// was not.
    #[test]
    fn only_what_may_have_arrived_may_have_been_carried_out() {
        let lost = |failure| may_have_been_carried_out(&Error::transport(failure, "broken"));
        assert!(lost(TransportFailure::NoAnswer));
        assert!(lost(TransportFailure::TimedOut));
        assert!(!lost(TransportFailure::NotSent));
        assert!(may_have_been_carried_out(&refused(503, None, "0x0")));
        assert!(!may_have_been_carried_out(&refused(400, None, "0x80040217")));
    }

    /// An SQL failover answers 500 with 0x80044150, "Generic SQL error" in Microsoft's reference of error codes.
    #[test]
    fn a_read_is_sent_again_after_an_sql_failover_and_a_create_is_not() {
        let (failover, other) = (refused(500, None, "0x80044150"), refused(500, None, "0x80040216"));
        let policy = RetryPolicy::new();
        assert_eq!(policy.delay(&failover, true, BACKOFF), BACKOFF);
        assert_eq!(policy.delay(&failover, false, BACKOFF), None);
        assert_eq!(policy.delay(&other, true, BACKOFF), None);
    }
}
