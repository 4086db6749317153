//! Load: 64 callers at once and 10,000 mixed messages, without an error and without an update lost under
//! etags.
//!
//! `cargo test --release -p dataverse-emulator --test load -- --nocapture` prints the times of reads and
//! writes in process and over HTTP as ratios. The test does not assert times.

use std::time::{Duration, Instant};

use dataverse_emulator::{Emulator, ServerOptions};
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

const CALLERS: usize = 64;
const MESSAGES: usize = 10_000;
/// Number of records that all callers increment.
const COUNTERS: usize = 8;

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

async fn counters(client: &Client) -> Vec<Id<SessionEvent>> {
    let drafts = (0..COUNTERS).map(|_| SessionEvent::create().utc_conversion_time_zone_code(0));
    client.execute(SessionEvent::create_multiple(drafts)).await.unwrap()
}

/// Increments a record, and tries again if others were first. Returns the number of messages.
async fn count_up(client: &Client, id: Id<SessionEvent>) -> usize {
    let mut messages = 0;
    loop {
        let row = client.execute(SessionEvent::retrieve(id)).await.unwrap();
        let next = row.utc_conversion_time_zone_code.unwrap() + 1;
        let update =
            SessionEvent::update(id).utc_conversion_time_zone_code(next).if_match(row.etag().unwrap());
        messages += 2;
        match client.execute(update).await {
            Ok(()) => return messages,
            Err(error) => assert!(error.is_conflict(), "{error}"),
        }
    }
}

/// One caller, which creates, queries, updates and deletes its own records and increments the shared ones.
async fn caller(client: Client, number: usize, counters: Vec<Id<SessionEvent>>) -> (usize, usize) {
    let (mut messages, mut counted) = (0, 0);
    while messages < MESSAGES / CALLERS {
        let name = format!("caller {number}, message {messages}");
        let id = client.execute(SessionEvent::create().name(name.clone())).await.unwrap();
        let found =
            client.execute(SessionEvent::query().filter(SessionEvent::NAME.eq(name.as_str()))).await.unwrap();
        assert_eq!(found.records.len(), 1);
        client.execute(SessionEvent::update(id).name("changed")).await.unwrap();
        messages += 4 + count_up(&client, counters[(number + messages) % COUNTERS]).await;
        counted += 1;
        client.execute(SessionEvent::delete(id)).await.unwrap();
    }
    (messages, counted)
}

#[test]
fn no_update_is_lost() {
    run(async {
        let emulator = Emulator::builder().trace_limit(0).build().unwrap();
        let server = emulator.serve(ServerOptions::default()).await.unwrap();
        let client = Client::builder(server.organization().unwrap(), NoToken).build().unwrap();
        let counters = counters(&client).await;
        let callers: Vec<_> = (0..CALLERS)
            .map(|number| tokio::spawn(caller(client.clone(), number, counters.clone())))
            .collect();
        let (mut messages, mut counted) = (0, 0);
        for caller in callers {
            let (sent, up) = caller.await.unwrap();
            messages += sent;
            counted += up;
        }
        let rows = client.execute(SessionEvent::query()).await.unwrap().records;
        assert_eq!(rows.len(), COUNTERS, "what was created is deleted");
        let sum: i32 = rows.iter().filter_map(|row| row.utc_conversion_time_zone_code).sum();
        assert_eq!(usize::try_from(sum).unwrap(), counted);
        assert!(messages >= MESSAGES / CALLERS * CALLERS, "{messages}");
        println!("{messages} messages of {CALLERS} callers, {counted} counted up");
    });
}

#[test]
fn reads_and_writes_in_process_and_over_http() {
    run(async {
        let emulator = Emulator::builder().trace_limit(0).build().unwrap();
        let server = emulator.serve(ServerOptions::default()).await.unwrap();
        let over_http = Client::builder(server.organization().unwrap(), NoToken).build().unwrap();
        let mut times = Vec::new();
        for client in [emulator.client(), over_http] {
            let writes = Instant::now();
            let mut ids = Vec::new();
            for number in 0..1000 {
                ids.push(client.execute(SessionEvent::create().name(format!("{number}"))).await.unwrap());
            }
            let writes = writes.elapsed();
            let reads = Instant::now();
            for id in &ids {
                assert_eq!(client.execute(SessionEvent::retrieve(*id)).await.unwrap().id, *id);
            }
            times.push((reads.elapsed(), writes));
        }
        let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
        let [(reads, writes), (http_reads, http_writes)] = times.try_into().unwrap();
        println!("reads over HTTP against in process: {:.2}", ratio(http_reads, reads));
        println!("writes over HTTP against in process: {:.2}", ratio(http_writes, writes));
        println!("writes against reads in process: {:.2}", ratio(writes, reads));
    });
}
