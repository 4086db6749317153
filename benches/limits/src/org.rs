//! An emulated org with the documented limits, on a simulated clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use dataverse_emulator::{Emulator, ExecutionTime, InProcessTransport, ModelCost, ServiceLimits};
use dataverse_entity::Timestamp;
use dataverse_entity::client::{BoxFuture, Client, NoToken, Transport, TransportError};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use http::{Request, Response};
use tokio::time::{Instant, sleep_until};

use crate::load::{REQUEST_TIME, ROW_TIME, WINDOW};
use crate::server::LATENCY;

pub const ADDRESS: &str = "https://contoso.crm4.dynamics.com";

/// The org. Clones share its rows and its limits.
#[derive(Clone)]
pub struct Org {
    emulator: Emulator,
    door: InProcessTransport,
    refusals: Arc<AtomicUsize>,
}

/// An answer, and when it arrives.
pub struct Answer {
    pub response: Response<Bytes>,
    pub arrives: Duration,
}

impl Org {
    pub fn new() -> Self {
        let cost = ModelCost::new(REQUEST_TIME, REQUEST_TIME).row(ROW_TIME);
        let limits = ServiceLimits::documented().cost(cost);
        let emulator = Emulator::builder().limits(limits).trace_limit(0).build().expect("an emulator");
        Self { door: emulator.transport(), emulator, refusals: Arc::default() }
    }

    /// Carries out a request that was sent at a time since the start. Requests come in the order of these times.
    pub async fn exchange(&self, sent: Duration, request: Request<Bytes>) -> Result<Answer, TransportError> {
        self.freeze_at(sent + LATENCY);
        let response = self.door.send(request).await?;
        if response.status() == http::StatusCode::TOO_MANY_REQUESTS {
            self.refusals.fetch_add(1, Ordering::Relaxed);
        }
        let took = response.extensions().get::<ExecutionTime>().map_or(Duration::ZERO, |took| took.0);
        Ok(Answer { response, arrives: sent + took + 2 * LATENCY })
    }

    /// Returns how many requests were refused.
    pub fn refusals(&self) -> usize {
        self.refusals.load(Ordering::Relaxed)
    }

    /// Counts the rows that the org has after a load that ended at this time.
    pub async fn rows(&self, ended: Duration) -> usize {
        // The window of the load is over then.
        self.freeze_at(ended + WINDOW * 2);
        let count = self.emulator.client().execute(SessionEvent::total_count()).await.expect("a count");
        usize::try_from(count).expect("a count")
    }

    fn freeze_at(&self, time: Duration) {
        let time = jiff::SignedDuration::try_from(time).expect("hours");
        self.emulator.freeze_at(START.checked_add(time).expect("hours"));
    }
}

/// The time at which each load starts.
const START: Timestamp = Timestamp::UNIX_EPOCH;

/// The org as our client reaches it, on tokio's clock.
pub struct Door {
    pub org: Org,
    pub start: Instant,
}

impl Door {
    pub fn client(self) -> dataverse_entity::client::ClientBuilder {
        Client::builder(Organization::new(ADDRESS).expect("an address"), NoToken).transport(self)
    }
}

impl Transport for Door {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let answer = self.org.exchange(self.start.elapsed(), request).await?;
            sleep_until(self.start + answer.arrives).await;
            Ok(answer.response)
        })
    }
}
