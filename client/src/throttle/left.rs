//! What the server says is left of its limits.

use core::str::FromStr;
use core::time::Duration;

use http::HeaderMap;

/// The weight of the latest request in the average duration.
const WEIGHT: f64 = 0.1;

/// The latest figures of the server.
///
/// They are a hint: requests go to several servers, and each counts for itself (Microsoft Learn: "Service
/// protection API limits"). They only narrow the number of requests under way, down to one, so that a client
/// reaches a limit with one request in place of many.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Number of requests (`x-ms-ratelimit-burst-remaining-xrm-requests`).
    pub(super) requests: Option<usize>,
    /// Execution time (`x-ms-ratelimit-time-remaining-xrm-requests`).
    pub(super) time: Option<Duration>,
    /// Average duration of a request.
    pub(super) average: Option<Duration>,
    meanwhile: Meanwhile,
}

/// What happened while a request was under way. The figures in its answer may be those of its beginning, and then
/// know nothing of this.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Meanwhile {
    /// Number of requests that were sent after it.
    pub(super) sent: usize,
    /// Number of requests that were answered, including itself.
    pub(super) answered: usize,
}

impl Left {
    /// Notes an answer, how long it took, and how many requests were sent and answered meanwhile.
    pub(super) fn answered(&mut self, headers: &HeaderMap, took: Duration, meanwhile: Meanwhile) {
        self.read(headers);
        self.meanwhile = meanwhile;
        self.average = Some(match self.average {
            None => took,
            Some(average) => average.mul_f64(1.0 - WEIGHT).saturating_add(took.mul_f64(WEIGHT)),
        });
    }

    /// Notes the figures of an answer.
    pub(super) fn read(&mut self, headers: &HeaderMap) {
        self.meanwhile = Meanwhile::default();
        self.requests = number(headers, "x-ms-ratelimit-burst-remaining-xrm-requests");
        let seconds: Option<f64> = number(headers, "x-ms-ratelimit-time-remaining-xrm-requests");
        self.time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    }

    /// Returns the maximum number of requests under way, at least 1; `None` if the server says nothing.
    pub(super) fn maximum(&self) -> Option<usize> {
        let by_time = match (self.time, self.average) {
            (Some(time), Some(average)) if !average.is_zero() => {
                let requests = time.as_nanos() / average.as_nanos();
                Some(usize::try_from(requests).unwrap_or(usize::MAX).saturating_sub(self.meanwhile.answered))
            }
            _ => None,
        };
        let by_number = self.requests.map(|requests| requests.saturating_sub(self.meanwhile.sent));
        let maximum = match (by_number, by_time) {
            (Some(by_number), Some(by_time)) => Some(by_number.min(by_time)),
            (by_number, by_time) => by_number.or(by_time),
        };
        maximum.map(|maximum| maximum.max(1))
    }
}

/// Reads a number as Dataverse writes it, with commas between its thousands: `1,199.46`.
fn number<N: FromStr>(headers: &HeaderMap, name: &str) -> Option<N> {
    headers.get(name)?.to_str().ok()?.trim().replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(requests: &'static str, time: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-ms-ratelimit-burst-remaining-xrm-requests", HeaderValue::from_static(requests));
        headers.insert("x-ms-ratelimit-time-remaining-xrm-requests", HeaderValue::from_static(time));
        headers
    }

    fn left(requests: &'static str, time: &'static str, took: Duration) -> Left {
        let mut left = Left::default();
        left.answered(&headers(requests, time), took, Meanwhile::default());
        left
    }

    /// The values of answers that Microsoft shows (webapi/use-ps-and-vscode-web-api; portals-web-api).
    #[test]
    fn the_figures_are_read_as_dataverse_writes_them() {
        let second = Duration::from_secs(1);
        let first = left("5999", "1,200.00", second);
        assert_eq!((first.requests, first.time), (Some(5999), Some(Duration::from_secs(1200))));
        let later = left("5993", "1,199.46", second);
        assert_eq!((later.requests, later.time), (Some(5993), Some(Duration::from_millis(1_199_460))));
    }

    #[test]
    fn the_number_of_requests_narrows_with_what_is_left_and_is_never_0() {
        let quarter = Duration::from_millis(250);
        for (requests, time, maximum) in [
            ("5999", "1,200.00", 4800),
            ("7", "1,200.00", 7),
            ("5999", "2.00", 8),
            ("0", "0.00", 1),
            ("9", "0.1", 1),
        ] {
            assert_eq!(left(requests, time, quarter).maximum(), Some(maximum), "{requests} {time}");
        }
    }

    #[test]
    fn what_happened_since_the_figures_were_made_narrows_it_further() {
        let mut left = Left::default();
        let meanwhile = Meanwhile { sent: 5, answered: 30 };
        left.answered(&headers("100", "90.00"), Duration::from_secs(1), meanwhile);
        assert_eq!(left.maximum(), Some(60));
        left.answered(&headers("64", "90.00"), Duration::from_secs(1), meanwhile);
        assert_eq!(left.maximum(), Some(59));
        left.answered(&headers("5", "30.00"), Duration::from_secs(1), meanwhile);
        assert_eq!(left.maximum(), Some(1));
    }

    #[test]
    fn figures_that_are_missing_or_no_numbers_limit_nothing() {
        let mut none = Left::default();
        none.answered(&HeaderMap::new(), Duration::from_secs(1), Meanwhile::default());
        assert_eq!(none.maximum(), None);
        for strange in ["", "many", "-5", "NaN", "inf", "1e400"] {
            assert_eq!(left(strange, strange, Duration::from_secs(1)).time, None, "{strange}");
        }
        assert_eq!(left("-5", "x", Duration::ZERO).maximum(), None);
        assert_eq!(left("5", "x", Duration::ZERO).maximum(), Some(5));
    }
}
