//! Reads an emulator's table page by page and in eight ranges, through a network with a latency of 40 ms, and
//! compares the times and the rows.
//!
//! `cargo run --release --example large_read -- 200000`
//!
//! The clock is tokio's, which runs ahead while all wait: the times are those of the network alone, the same on
//! every machine. Each reading is compared with the rows in the emulator's SQLite file. The program fails if a row
//! is missing or comes twice, or if the ranges are less than six times as fast with 200 pages.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use dataverse_emulator::{Emulator, InProcessTransport};
use dataverse_entity::bytes::Bytes;
use dataverse_entity::client::{BoxFuture, Client, NoToken, Transport, TransportError};
use dataverse_entity::http::{Request, Response};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Organization, Timestamp, Uuid};
use futures_util::stream::{StreamExt, iter};
use tokio::time::{Instant, sleep};

const RANGES: usize = 8;
const LATENCY: Duration = Duration::from_millis(40);
const MIN_RATIO: f64 = 6.0;

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Event {
    #[attr(logical = "msdyn_sessioneventid")]
    id: Id<SessionEvent>,
    #[attr(logical = "createdon")]
    created_on: Option<Timestamp>,
}

/// The emulator behind a network.
struct Network(InProcessTransport);

impl Transport for Network {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            sleep(LATENCY).await;
            self.0.send(request).await
        })
    }
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let rows: usize = match std::env::args().nth(1) {
        Some(number) => number.parse()?,
        None => 4_000,
    };
    println!("{rows} rows in | page size | page by page | in {RANGES} ranges | ratio");
    for (name, seconds) in [("no order", spread as fn(usize) -> i64), ("one burst", burst)] {
        let file = std::env::temp_dir().join(format!("large_read-{}.sqlite", std::process::id()));
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        let outcome = runtime.block_on(compare(name, rows, seconds, &file));
        for ending in ["", "-wal", "-shm"] {
            let mut path = file.clone().into_os_string();
            path.push(ending);
            let _ = std::fs::remove_file(path);
        }
        outcome?;
    }
    Ok(())
}

/// Rows created at any time of a year.
fn spread(number: usize) -> i64 {
    (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32) as i64 & 0x1FF_FFFF
}

/// 98 of 100 rows created in one burst, 20 in a second; the others at any time of a year.
fn burst(number: usize) -> i64 {
    if number.is_multiple_of(50) { spread(number) } else { 20_000_000 + number as i64 / 20 }
}

async fn compare(name: &str, rows: usize, seconds: fn(usize) -> i64, file: &Path) -> Result<(), Failure> {
    let emulator = Emulator::builder().file(file).trace_limit(0).build()?;
    let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    let at = |number| Timestamp::from_second(start.as_second() + seconds(number));
    let drafts = iter(
        (0..rows).filter_map(|number| Some(SessionEvent::create().overridden_created_on(at(number).ok()?))),
    );
    let failed = emulator
        .client()
        .bulk()
        .create_stream(drafts)
        .filter(|outcome| std::future::ready(outcome.is_err()))
        .count();
    if failed.await > 0 {
        return Err("rows were not created".into());
    }
    let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    let client = Client::builder(org, NoToken).transport(Network(emulator.transport())).build()?;
    for pages in [200, 40] {
        let page_size = u32::try_from(rows.div_ceil(pages))?;
        let query = || Event::query().page_size(page_size);
        let one_by_one = time(file, client.items(query())).await?;
        let in_ranges = time(file, client.ranges(query().in_ranges(RANGES))?).await?;
        let ratio = one_by_one.as_secs_f64() / in_ranges.as_secs_f64();
        println!("{name} | {page_size} | {one_by_one:.2?} | {in_ranges:.2?} | {ratio:.2}");
        if pages == 200 && ratio < MIN_RATIO {
            return Err(format!("the ranges are {ratio:.2} times as fast, not {MIN_RATIO} times").into());
        }
    }
    Ok(())
}

/// Reads all rows, compares them with those in the file, and returns the time of the network.
async fn time<S>(file: &Path, mut events: S) -> Result<Duration, Failure>
where
    S: futures_util::Stream<Item = Result<Record<Event>, dataverse_entity::Error>> + Unpin,
{
    let start = Instant::now();
    let mut read: HashMap<Uuid, Option<Timestamp>> = HashMap::new();
    while let Some(event) = events.next().await {
        let event = event?.into_inner();
        if read.insert(event.id.uuid(), event.created_on).is_some() {
            return Err(format!("{} came twice", event.id).into());
        }
    }
    let took = start.elapsed();
    let database = rusqlite::Connection::open(file)?;
    let mut statement = database.prepare("SELECT msdyn_sessioneventid FROM \"t:msdyn_sessionevent\"")?;
    let mut count = 0;
    for id in statement.query_map([], |row| row.get::<_, String>(0))? {
        let id = id?;
        count += 1;
        if !read.contains_key(&id.parse()?) {
            return Err(format!("{id} is missing").into());
        }
    }
    if count != read.len() {
        return Err(format!("{} rows were read, the file has {count}", read.len()).into());
    }
    Ok(took)
}
