//! The client over real sockets, with servers and connections that fail.

mod bulk;
mod bulk_deadline;
mod bulk_journal;
mod bulk_stream;
mod bulk_tables;
mod capture;
mod failures;
mod metrics;
mod options;
mod paging;
mod progress_bar;
mod ranges;
mod secrets;
mod server;
mod simulated;
mod storms;
mod surface;
mod throttle;
mod throttle_limits;
mod throttle_pool;
mod tokens;

use std::future::Future;
use std::time::Duration;

use dataverse_entity::Id;
use dataverse_entity::client::{Client, ClientBuilder, RetryPolicy, StaticToken};
use dataverse_entity::message::Organization;
use dataverse_entity::tables::SessionEvent;
use server::Server;

/// Runs an async test. tokio's attribute macro would bring a second `syn`.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(60), test).await.expect("the test hangs")
    });
    runtime.shutdown_background();
}

const SECRET: &str = "eyJ0-a-secret-token";

/// A policy of three attempts with a backoff of next to nothing.
fn quick() -> RetryPolicy {
    RetryPolicy::new().attempts(3).backoff(Duration::from_millis(1), Duration::from_millis(2))
}

/// A client with a backoff of next to nothing.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder(Organization::new(&server.url()).unwrap(), StaticToken::new(SECRET)).retry(quick())
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

fn event() -> Id<SessionEvent> {
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap()
}
