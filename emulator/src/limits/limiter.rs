//! Counts the requests of all users, and refuses those that exceed a limit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use jiff::Timestamp;

use super::cost::ExecutionTime;
use super::ledger::{Ledger, Limit, Refused};
use super::service_limits::ServiceLimits;
use crate::error::Refusal;
use crate::http::Outgoing;

/// Applies [`ServiceLimits`] to the requests of any server. An emulator with
/// [`EmulatorBuilder::limits`](crate::EmulatorBuilder::limits) has one; make one yourself to limit a mock
/// server.
///
/// Clones share what they have counted.
///
/// ```
/// use dataverse_emulator::{Limiter, ServiceLimits};
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::{Request, Response};
///
/// let limiter = Limiter::new(ServiceLimits::documented().requests(1));
/// let now = "2026-03-04T09:00:00Z".parse()?;
/// let request = Request::get("/api/data/v9.2/WhoAmI").body(Bytes::new())?;
///
/// let visit = limiter.begin("ada", now, &request).expect("the window has room");
/// let response = visit.end(now, Response::new(Bytes::from_static(b"{}")));
/// assert_eq!(response.headers()["x-ms-ratelimit-burst-remaining-xrm-requests"], "0");
///
/// let refused = limiter.begin("ada", now, &request).unwrap_err();
/// assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"300".parse()?));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Limiter(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limits: ServiceLimits,
    ledgers: Mutex<HashMap<String, Ledger>>,
}

/// A request that a [`Limiter`] has admitted. It is under way until it is ended or dropped, or, with a
/// [`ModelCost`](super::ModelCost), until its execution time has passed.
#[derive(Debug)]
#[must_use = "a visit that is dropped ends at once"]
pub struct Visit {
    inner: Arc<Inner>,
    user: String,
    number: u64,
    begun: Timestamp,
    started: Instant,
    cost: Option<Duration>,
    is_over: bool,
}

impl Limiter {
    /// Creates a limiter that has counted nothing.
    pub fn new(limits: ServiceLimits) -> Self {
        Self(Arc::new(Inner { limits, ledgers: Mutex::default() }))
    }

    /// Admits a request of a user at a time, and counts it.
    ///
    /// # Errors
    ///
    /// Returns Dataverse's answer 429 if the request exceeds a limit.
    // The response is what the caller sends; a box would have to be opened at once.
    #[allow(clippy::result_large_err, reason = "the response is sent as it is")]
    pub fn begin(
        &self,
        user: &str,
        now: Timestamp,
        request: &Request<Bytes>,
    ) -> Result<Visit, Response<Bytes>> {
        let inner = &self.0;
        let cost = inner.limits.cost.map(|model| model.of(request));
        let begun = inner.with_ledger(user, |ledger| ledger.begin(now.as_microsecond(), cost, &inner.limits));
        match begun {
            Ok(number) => Ok(Visit {
                inner: Arc::clone(inner),
                user: user.to_owned(),
                number,
                begun: now,
                started: Instant::now(),
                cost,
                is_over: false,
            }),
            Err(refused) => {
                let answer = Outgoing::from(refusal(refused, &inner.limits));
                let mut response = Response::new(answer.body);
                *response.status_mut() = answer.status;
                *response.headers_mut() = answer.headers;
                inner.tell(user, now, &mut response);
                Err(response)
            }
        }
    }
}

impl Visit {
    /// Ends the request, and adds the headers about the limits to its answer.
    pub fn end(mut self, now: Timestamp, mut response: Response<Bytes>) -> Response<Bytes> {
        self.finish(now);
        self.inner.tell(&self.user, now, &mut response);
        if let Some(cost) = self.cost {
            response.extensions_mut().insert(ExecutionTime(cost));
        }
        response
    }

    fn finish(&mut self, now: Timestamp) {
        if !self.is_over {
            self.is_over = true;
            let (number, cost, limits) = (self.number, self.started.elapsed(), &self.inner.limits);
            self.inner
                .with_ledger(&self.user, |ledger| ledger.end(number, now.as_microsecond(), cost, limits));
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.finish(self.begun);
    }
}

impl Inner {
    fn with_ledger<T>(&self, user: &str, work: impl FnOnce(&mut Ledger) -> T) -> T {
        let mut ledgers: MutexGuard<'_, _> = self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        work(ledgers.entry(user.to_owned()).or_default())
    }

    /// Adds the headers about the limits to an answer.
    fn tell(&self, user: &str, now: Timestamp, response: &mut Response<Bytes>) {
        let (requests, time) =
            self.with_ledger(user, |ledger| ledger.left(now.as_microsecond(), &self.limits));
        let headers = response.headers_mut();
        let values = [
            ("x-ms-dop-hint", self.limits.recommended_concurrency.to_string()),
            ("x-ms-ratelimit-time-remaining-xrm-requests", seconds(time)),
            ("x-ms-ratelimit-burst-remaining-xrm-requests", requests.to_string()),
        ];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

/// Returns Dataverse's refusal.
fn refusal(refused: Refused, limits: &ServiceLimits) -> Refusal {
    let window = limits.window.as_secs();
    let (code, message) = match refused.limit {
        Limit::Requests => (
            "0x80072322",
            format!(
                "Number of requests exceeded the limit of {} over time window of {window} seconds.",
                limits.requests
            ),
        ),
        Limit::ExecutionTime => (
            "0x80072321",
            format!(
                "Combined execution time of incoming requests exceeded limit of {}  milliseconds over time window of {window} seconds. \
                 Decrease number of concurrent requests or reduce the duration of requests and try again later.",
                grouped(u64::try_from(limits.execution_time.as_millis()).unwrap_or(u64::MAX))
            ),
        ),
        Limit::Concurrency => (
            "0x80072326",
            format!("Number of concurrent requests exceeded the limit of {}.", limits.concurrent_requests),
        ),
    };
    let mut refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, code, message);
    // A second that has begun counts as a whole one: the window has no room before.
    let seconds = u64::try_from(refused.retry_after).unwrap_or_default().div_ceil(1_000_000);
    refusal.retry_after = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
    refusal
}

/// Returns seconds as Dataverse writes them: `1,199.46`.
fn seconds(time: Duration) -> String {
    format!("{}.{:02}", grouped(time.as_secs()), time.subsec_millis() / 10)
}

/// Returns a number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
