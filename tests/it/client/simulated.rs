//! Servers on tokio's clock, which runs ahead whenever all tasks wait: an emulator with limits, and a script.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use dataverse_emulator::{Emulator, ExecutionTime, InProcessTransport, ServiceLimits};
use dataverse_entity::Timestamp;
use dataverse_entity::client::{BoxFuture, Client, ClientBuilder, NoToken, Transport, TransportError};
use dataverse_entity::message::Organization;
use http::{Request, Response};
use tokio::time::{Instant, sleep};

const ORG: &str = "https://contoso.crm4.dynamics.com";

/// Runs an async test on a clock that is paused.
pub fn run(test: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(test);
}

pub fn org() -> Organization {
    Organization::new(ORG).unwrap()
}

/// An emulator whose clock is tokio's. Answers take their modelled execution time and the network's latency.
#[derive(Clone)]
pub struct Simulated {
    pub emulator: Emulator,
    door: InProcessTransport,
    start: (Instant, Timestamp),
    latency: Duration,
    most_under_way: Arc<Mutex<(usize, usize)>>,
}

impl Simulated {
    pub fn new(limits: ServiceLimits, latency: Duration) -> Self {
        let emulator = Emulator::builder().limits(limits).trace_limit(100_000).build().unwrap();
        let start = (Instant::now(), "2026-03-04T09:00:00Z".parse().unwrap());
        emulator.freeze_at(start.1);
        Self { door: emulator.transport(), emulator, start, latency, most_under_way: Arc::default() }
    }

    /// Returns the same service for another user.
    pub fn as_new_user(&self, name: &str) -> Self {
        let user = self.emulator.add_user(name).unwrap();
        let door = self.emulator.transport().as_user(user);
        Self { door, most_under_way: Arc::default(), ..self.clone() }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(org(), NoToken).transport(self.clone())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub fn elapsed(&self) -> Duration {
        self.start.0.elapsed()
    }

    pub fn most_under_way(&self) -> usize {
        self.most_under_way.lock().unwrap().1
    }

    /// Returns the number of answers with a status.
    pub fn answers(&self, status: u16) -> usize {
        let is_it =
            |exchange: &&dataverse_emulator::Exchange| exchange.status.is_some_and(|each| each == status);
        self.emulator.trace().iter().filter(is_it).count()
    }
}

impl Transport for Simulated {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            {
                let mut most = self.most_under_way.lock().unwrap();
                most.0 += 1;
                most.1 = most.1.max(most.0);
            }
            sleep(self.latency).await;
            let now =
                self.start.1.checked_add(jiff::SignedDuration::try_from(self.start.0.elapsed()).unwrap());
            self.emulator.freeze_at(now.unwrap());
            let response = self.door.send(request).await?;
            let took = response.extensions().get::<ExecutionTime>().map_or(Duration::ZERO, |took| took.0);
            sleep(took + self.latency).await;
            self.most_under_way.lock().unwrap().0 -= 1;
            Ok(response)
        })
    }
}

/// A request that arrived, and when.
pub type Arrived = (Duration, Request<Bytes>);

/// A server that gives the answers of a list, and after them `WhoAmI`'s.
#[derive(Clone)]
pub struct Script {
    answers: Arc<Mutex<VecDeque<Response<Bytes>>>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    start: Instant,
}

impl Script {
    pub fn new(answers: impl IntoIterator<Item = Response<Bytes>>) -> Self {
        let answers = Arc::new(Mutex::new(answers.into_iter().collect()));
        Self { answers, arrived: Arc::default(), start: Instant::now() }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(org(), NoToken).transport(self.clone())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Returns when the requests arrived, in seconds.
    pub fn seconds(&self) -> Vec<f64> {
        self.arrived.lock().unwrap().iter().map(|(at, _)| at.as_secs_f64()).collect()
    }

    /// Returns the values of a header of the requests.
    pub fn header(&self, name: &str) -> Vec<Option<String>> {
        let value = |request: &Request<Bytes>| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
        self.arrived.lock().unwrap().iter().map(|(_, request)| value(request)).collect()
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.arrived.lock().unwrap().push((self.start.elapsed(), request));
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or_else(who_am_i);
        Box::pin(async move {
            sleep(Duration::from_millis(100)).await;
            Ok(answer)
        })
    }
}

pub fn who_am_i() -> Response<Bytes> {
    let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
    let body = format!("{{\"UserId\":\"{id}\",\"BusinessUnitId\":\"{id}\",\"OrganizationId\":\"{id}\"}}");
    Response::new(Bytes::from(body))
}

/// A refusal with this code and these headers.
pub fn refusal(code: &str, headers: &[(&'static str, &str)]) -> Response<Bytes> {
    let body = format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"too many\"}}}}");
    let mut response = Response::builder().status(429);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Bytes::from(body)).unwrap()
}

pub fn after(seconds: &str) -> Response<Bytes> {
    refusal("0x80072322", &[("Retry-After", seconds)])
}
