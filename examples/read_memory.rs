//! Reads rows in eight ranges from a transport that makes them up, and prints the peak of the memory.
//!
//! `cargo run --release --example read_memory -- 1000000`
//!
//! The memory does not grow with the number of rows. The program fails above 200 MB, and if a row is missing or
//! comes twice.

use std::fmt::Write;

use dataverse_entity::bytes::Bytes;
use dataverse_entity::client::{BoxFuture, Client, NoToken, Transport, TransportError};
use dataverse_entity::http::{Request, Response};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use dataverse_entity::{Organization, Timestamp, Uuid};

const MAX_KILOBYTES: usize = 200_000;
const PAGE: usize = 5_000;
/// Rows that were created in the same second.
const OF_A_SECOND: usize = 10;
/// 2026-01-01T00:00:00Z
const START: i64 = 1_767_225_600;
const SET: &str = "https://contoso.crm4.dynamics.com/api/data/v9.2/msdyn_sessionevents";

/// A table whose rows are counted, and created one after the other.
struct MadeUp {
    rows: usize,
}

impl MadeUp {
    /// Answers the queries of a reading in ranges.
    fn answer(&self, query: &str) -> Result<String, TransportError> {
        let query = query.replace("%20", " ").replace("%3A", ":");
        if query.contains("createdon eq null") {
            return Ok("{\"value\":[]}".to_owned());
        }
        if query.contains("createdon desc&$top=1") {
            return Ok(page(self.rows.saturating_sub(1)..self.rows, None));
        }
        let bound = |operator: &str| -> Result<Option<usize>, TransportError> {
            let Some((_, rest)) = query.split_once(&format!("createdon {operator} ")) else {
                return Ok(None);
            };
            let at: Timestamp =
                rest.get(..20).unwrap_or_default().parse().map_err(TransportError::no_answer)?;
            let second = usize::try_from(at.as_second() - START).map_err(TransportError::no_answer)?;
            Ok(Some(second * OF_A_SECOND))
        };
        let end = bound("lt")?.unwrap_or(self.rows).min(self.rows);
        let first = match query.split_once("&$skiptoken=") {
            Some((_, row)) => row.parse().map_err(TransportError::no_answer)?,
            None => bound("ge")?.unwrap_or(0),
        };
        let last = (first + PAGE).min(end);
        let (asked, _) = query.split_once("&$skiptoken=").unwrap_or((&query, ""));
        let link = (last < end).then(|| format!("{SET}?{}&$skiptoken={last}", asked.replace(' ', "%20")));
        Ok(page(first..last, link))
    }
}

fn page(rows: std::ops::Range<usize>, link: Option<String>) -> String {
    let mut json = String::from("{\"value\":[");
    for row in rows {
        let id = Uuid::from_u128(row as u128);
        let at = Timestamp::from_second(START + (row / OF_A_SECOND) as i64).unwrap_or_default();
        let comma = if json.ends_with('[') { "" } else { "," };
        let _ = write!(
            json,
            "{comma}{{\"@odata.etag\":\"W/\\\"{row}\\\"\",\"msdyn_sessioneventid\":\"{id}\",\"createdon\":\"{at}\",\
             \"msdyn_name\":\"Event {row} of a reading\",\"msdyn_eventtype\":192350001,\"statecode\":0,\"statuscode\":1}}"
        );
    }
    json.push(']');
    if let Some(link) = link {
        let _ = write!(json, ",\"@odata.nextLink\":\"{link}\"");
    }
    json.push('}');
    json
}

impl Transport for MadeUp {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            // Let other requests go on meanwhile, as a network does.
            tokio::task::yield_now().await;
            let answer = self.answer(request.uri().query().unwrap_or_default())?;
            Ok(Response::new(Bytes::from(answer)))
        })
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: usize = match std::env::args().nth(1) {
        Some(number) => number.parse()?,
        None => 30_000,
    };
    tokio::runtime::Builder::new_multi_thread().enable_time().build()?.block_on(read(rows))
}

async fn read(rows: usize) -> Result<(), Box<dyn std::error::Error>> {
    let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    let client = Client::builder(org, NoToken).transport(MadeUp { rows }).build()?;
    let mut was_read = vec![false; rows];
    let mut events = client.ranges(SessionEvent::query().in_ranges(8))?;
    let mut count = 0_usize;
    while let Some(event) = events.next().await {
        let row = usize::try_from(event?.id.uuid().as_u128())?;
        if std::mem::replace(&mut was_read[row], true) {
            return Err(format!("the row {row} came twice").into());
        }
        count += 1;
        if count.is_multiple_of(250_000) {
            println!("{count} rows, VmRSS {}, VmHWM {}", shown(memory("VmRSS:")), shown(memory("VmHWM:")));
        }
    }
    println!("{count} of {rows} rows, VmHWM {}", shown(memory("VmHWM:")));
    if count != rows {
        return Err("rows are missing".into());
    }
    match memory("VmHWM:") {
        Some(kilobytes) if kilobytes > MAX_KILOBYTES => Err("too much memory".into()),
        _ => Ok(()),
    }
}

/// The resident memory in kB, or its peak, where the system tells it (Linux).
fn memory(name: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse().ok())
}

fn shown(kilobytes: Option<usize>) -> String {
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{kilobytes} kB"))
}
