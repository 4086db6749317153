//! How long a pause lasts.

use core::time::Duration;

/// Maximum length of a pause: twice the window in which Dataverse counts. If a server asks for more, the client
/// asks it again after this time.
const MAX_PAUSE: Duration = Duration::from_secs(600);

/// Maximum jitter. After a pause, a client starts with one request, so clients need not be far apart.
const MAX_JITTER: Duration = Duration::from_secs(1);

/// The backoff of a policy: its first delay, and its longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Backoff {
    pub(crate) min: Duration,
    pub(crate) max: Duration,
}

impl Backoff {
    /// Returns the delay after a number of delays without success.
    fn after(self, delays: u32) -> Duration {
        self.min.saturating_mul(2_u32.saturating_pow(delays)).min(self.max)
    }
}

/// Returns how long nothing is sent after a refusal: for the server's `Retry-After`, within reason.
///
/// A `Retry-After` that is missing, zero or over does not say when the server has room: the delay is then that
/// of the backoff, which doubles with each refusal in a row. Jitter adds up to a tenth of the delay, at most a
/// second.
pub(crate) fn delay(retry_after: Option<Duration>, backoff: Backoff, refusals_before: u32) -> Duration {
    let delay = match retry_after {
        None | Some(Duration::ZERO) => backoff.after(refusals_before),
        Some(retry_after) => retry_after.max(backoff.min).min(MAX_PAUSE),
    };
    let jitter = (delay / 10).min(MAX_JITTER).mul_f64(fastrand::f64());
    delay.saturating_add(jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff { min: Duration::from_millis(500), max: Duration::from_secs(30) };

    fn is_about(delay: Duration, seconds: f64) -> bool {
        let seconds = Duration::from_secs_f64(seconds);
        delay >= seconds && delay <= seconds + (seconds / 10).min(MAX_JITTER)
    }

    #[test]
    fn a_retry_after_is_waited_for_but_neither_shorter_than_the_backoff_nor_longer_than_two_windows() {
        for (asked, waited) in [(0.001, 0.5), (7.0, 7.0), (300.0, 300.0), (600.0, 600.0), (601.0, 600.0)] {
            let delay = delay(Some(Duration::from_secs_f64(asked)), BACKOFF, 5);
            assert!(is_about(delay, waited), "{delay:?} for {asked}");
        }
        assert!(is_about(delay(Some(Duration::MAX), BACKOFF, 0), 600.0));
    }

    #[test]
    fn a_retry_after_that_is_missing_or_over_is_replaced_by_a_backoff_that_doubles() {
        for missing in [None, Some(Duration::ZERO)] {
            for (before, waited) in [(0, 0.5), (1, 1.0), (2, 2.0), (6, 30.0), (u32::MAX, 30.0)] {
                let delay = delay(missing, BACKOFF, before);
                assert!(is_about(delay, waited), "{delay:?} after {before}");
            }
        }
    }

    #[test]
    fn jitter_spreads_clients_over_a_second() {
        let mut delays: Vec<Duration> =
            (0..200).map(|_| delay(Some(Duration::from_secs(100)), BACKOFF, 0)).collect();
        delays.sort();
        delays.dedup();
        assert!(delays.len() > 50 && delays[delays.len() - 1] <= Duration::from_secs(101), "{delays:?}");
    }

    #[test]
    fn no_duration_is_too_long() {
        let longest = Backoff { min: Duration::MAX, max: Duration::MAX };
        for before in [0, 1, u32::MAX] {
            assert!(delay(None, longest, before) >= Duration::from_secs(u64::MAX));
        }
    }
}
