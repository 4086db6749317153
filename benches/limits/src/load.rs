//! The loads, and what became of them.

use std::num::NonZeroUsize;
use std::time::Duration;

use dataverse_emulator::ModelCost;
use dataverse_entity::client::{Budget, Client, NoToken};
use dataverse_entity::message::Organization;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::server::{LATENCY, Server};

pub const WINDOW: Duration = Duration::from_secs(300);
const REQUESTS: usize = 6000;
/// Concurrency that the server recommends.
const RECOMMENDED: usize = 48;
const EXECUTION_TIME: Duration = Duration::from_secs(1200);

/// Execution time of a request, and of each of its rows.
pub const REQUEST_TIME: Duration = Duration::from_millis(100);
pub const ROW_TIME: Duration = Duration::from_millis(9);

/// A load of rows.
pub struct Load {
    pub name: &'static str,
    pub identities: usize,
    rows: usize,
    chunk: usize,
    has_budget: bool,
}

/// What became of a load.
pub struct Outcome {
    pub failed: usize,
    pub refusals: usize,
    /// Most refusals of one identity in a window.
    pub most_refusals: usize,
    pub took: Duration,
    shortest: Duration,
}

/// Returns the loads. Requests of 10 rows reach the limit of requests, those of 100 that of execution time.
pub fn all(rows: usize) -> Vec<Load> {
    let load = |name, chunk| Load { name, identities: 1, rows, chunk, has_budget: false };
    let mut all = vec![
        load("10 rows a request", 10),
        Load { has_budget: true, ..load("10 rows a request, with a budget", 10) },
        load("100 rows a request", 100),
        Load { has_budget: true, ..load("100 rows a request, with a budget", 100) },
    ];
    for identities in [2, 4] {
        all.push(Load { identities, ..load("10 rows a request", 10) });
        all.push(Load { identities, ..load("100 rows a request", 100) });
        all.push(Load { identities, has_budget: true, ..load("100 rows a request, with a budget", 100) });
    }
    all
}

impl Load {
    pub fn run(&self) -> Outcome {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(self.load())
    }

    async fn load(&self) -> Outcome {
        let server = Server::new(ModelCost::new(REQUEST_TIME, REQUEST_TIME).row(ROW_TIME));
        let servers: Vec<Server> = (0..self.identities).map(|number| server.as_user(number)).collect();
        let org = Organization::new("https://contoso.crm4.dynamics.com").expect("an address");
        let clients = servers.iter().map(|server| {
            let builder = Client::builder(org.clone(), NoToken).transport(server.clone());
            let builder = if self.has_budget { builder.budget(Budget::documented()) } else { builder };
            builder.build().expect("a client")
        });
        let pool = Client::pool(clients).expect("a pool");
        let bulk = pool.bulk().chunk_size(NonZeroUsize::new(self.chunk).expect("rows"));
        let drafts = (0..self.rows).map(|_| SessionEvent::create().name("Accepted"));
        let outcomes = bulk.create(drafts).await;
        let took = server.elapsed();
        assert_eq!(outcomes.len(), self.rows, "each row has an outcome");
        let refusals: Vec<Vec<Duration>> = servers.iter().map(Server::refusals).collect();
        Outcome {
            failed: outcomes.iter().filter(|outcome| outcome.is_err()).count(),
            refusals: refusals.iter().map(Vec::len).sum(),
            most_refusals: refusals.iter().map(|times| most_in_a_window(times)).max().unwrap_or(0),
            took,
            shortest: self.shortest(),
        }
    }

    /// Returns the shortest time in which the limits allow the load: all requests of a window at its beginning,
    /// and the rest with the recommended concurrency.
    fn shortest(&self) -> Duration {
        let requests = self.rows.div_ceil(self.chunk).div_ceil(self.identities);
        let each = REQUEST_TIME + ROW_TIME * u32::try_from(self.chunk).expect("small");
        let by_time = EXECUTION_TIME.as_nanos().div_ceil(each.as_nanos());
        let in_a_window = REQUESTS.min(usize::try_from(by_time).expect("small"));
        let windows = (requests - 1) / in_a_window;
        let rest = u32::try_from((requests - windows * in_a_window).div_ceil(RECOMMENDED)).expect("small");
        WINDOW * u32::try_from(windows).expect("small") + (each + 2 * LATENCY) * rest
    }
}

impl Outcome {
    /// Returns the part of the allowed rate that was reached.
    pub fn share(&self) -> f64 {
        self.shortest.as_secs_f64() / self.took.as_secs_f64()
    }

    pub fn is_good(&self, load: &Load) -> bool {
        let allowed = if load.has_budget { 0 } else { 2 };
        self.failed == 0 && self.most_refusals <= allowed && self.share() >= 0.95
    }
}

/// Returns the largest number of times within a window.
fn most_in_a_window(times: &[Duration]) -> usize {
    (0..times.len())
        .map(|first| times[first..].iter().take_while(|time| **time - times[first] < WINDOW).count())
        .max()
        .unwrap_or(0)
}
