//! Sends rows in bulk, with a journal, to a transport that only counts them, and prints the peak of the memory.
//!
//! `cargo run --release --example bulk_memory -- 10000000`
//!
//! The memory does not grow with the number of rows. The program fails above 200 MB.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dataverse_entity::Organization;
use dataverse_entity::bytes::Bytes;
use dataverse_entity::client::{BoxFuture, Client, FileJournal, NoToken, Transport, TransportError};
use dataverse_entity::http::{Request, Response};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use futures_util::{StreamExt, stream};

const MAX_KILOBYTES: usize = 200_000;

/// Answers each `CreateMultiple` with the ids of its records.
struct Counting {
    rows: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let body = str::from_utf8(request.body()).map_err(TransportError::no_answer)?;
            let ids: Vec<String> = body
                .split("\"msdyn_sessioneventid\":")
                .skip(1)
                .filter_map(|rest| rest.get(..38).map(str::to_owned))
                .collect();
            self.rows.fetch_add(ids.len(), Ordering::Relaxed);
            // Let other requests go on meanwhile, as a network does.
            tokio::task::yield_now().await;
            Ok(Response::new(Bytes::from(format!("{{\"Ids\":[{}]}}", ids.join(",")))))
        })
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: usize = match std::env::args().nth(1) {
        Some(number) => number.parse()?,
        None => 10_000,
    };
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(load(rows))
}

async fn load(rows: usize) -> Result<(), Box<dyn std::error::Error>> {
    let counted = Arc::new(AtomicUsize::new(0));
    let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    let client = Client::builder(org, NoToken).transport(Counting { rows: counted.clone() }).build()?;
    let path = std::env::temp_dir().join(format!("bulk_memory-{}.journal", std::process::id()));
    let drafts = (0..rows).map(|number| SessionEvent::create().name(format!("Event {number}")));
    let journal = FileJournal::open(&path)?;
    let mut outcomes = client.bulk().journal(journal).create_stream(stream::iter(drafts))?;
    let (mut written, mut failed) = (0_usize, 0_usize);
    while let Some(outcome) = outcomes.next().await {
        match outcome {
            Ok(_) => {
                written += 1;
                if written % 1_000_000 == 0 {
                    println!("{written} rows, VmHWM {}", shown(peak()));
                }
            }
            Err(_) => failed += 1,
        }
    }
    drop(outcomes);
    let journal = std::fs::metadata(&path)?.len();
    std::fs::remove_file(&path)?;
    println!("{written} rows, {failed} failed, journal {journal} bytes, VmHWM {}", shown(peak()));
    if written != rows || counted.load(Ordering::Relaxed) != rows {
        return Err("rows are missing".into());
    }
    match peak() {
        Some(kilobytes) if kilobytes > MAX_KILOBYTES => Err("too much memory".into()),
        _ => Ok(()),
    }
}

/// The peak of the resident memory in kB, where the system tells it (Linux).
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn shown(kilobytes: Option<usize>) -> String {
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{kilobytes} kB"))
}
