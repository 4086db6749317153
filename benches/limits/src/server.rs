//! A server with the limits of the emulator on tokio's clock. It creates nothing: it only takes the time that
//! creating would take.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use dataverse_emulator::{Limiter, ModelCost, ServiceLimits};
use dataverse_entity::Timestamp;
use dataverse_entity::client::{BoxFuture, Transport, TransportError};
use http::{Request, Response};
use tokio::time::{Instant, sleep};

/// Time that a request or an answer is on its way.
pub const LATENCY: Duration = Duration::from_millis(20);

/// The server, as one user reaches it.
#[derive(Clone)]
pub struct Server {
    limiter: Limiter,
    cost: ModelCost,
    user: String,
    start: (Instant, Timestamp),
    /// When requests were refused.
    refusals: Arc<Mutex<Vec<Duration>>>,
}

impl Server {
    /// Starts a server with the documented limits whose requests take the time of the model.
    pub fn new(cost: ModelCost) -> Self {
        let start = (Instant::now(), Timestamp::UNIX_EPOCH);
        let limiter = Limiter::new(ServiceLimits::documented().cost(cost));
        Self { limiter, cost, user: "user 0".to_owned(), start, refusals: Arc::default() }
    }

    pub fn as_user(&self, number: usize) -> Self {
        Self { user: format!("user {number}"), refusals: Arc::default(), ..self.clone() }
    }

    pub fn elapsed(&self) -> Duration {
        self.start.0.elapsed()
    }

    pub fn refusals(&self) -> Vec<Duration> {
        self.refusals.lock().expect("no panic").clone()
    }

    fn now(&self) -> Timestamp {
        let elapsed = jiff::SignedDuration::try_from(self.elapsed()).unwrap_or_default();
        self.start.1.checked_add(elapsed).unwrap_or(Timestamp::MAX)
    }
}

impl Transport for Server {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            sleep(LATENCY).await;
            let response = match self.limiter.begin(&self.user, self.now(), &request) {
                Err(refusal) => {
                    self.refusals.lock().expect("no panic").push(self.elapsed());
                    refusal
                }
                Ok(visit) => {
                    sleep(self.cost.of(&request)).await;
                    visit.end(self.now(), Response::new(created(request.body())))
                }
            };
            sleep(LATENCY).await;
            Ok(response)
        })
    }
}

/// Returns the answer to a `CreateMultiple`: an id for each row. The body is the client's, so its rows are
/// counted by their types.
fn created(body: &[u8]) -> Bytes {
    const TYPE: &[u8] = b"\"@odata.type\"";
    let rows = body.windows(TYPE.len()).filter(|window| *window == TYPE).count();
    let ids = vec!["\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\""; rows].join(",");
    Bytes::from(format!("{{\"Ids\":[{ids}]}}"))
}
