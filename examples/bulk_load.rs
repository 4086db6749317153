//! Loads session events in bulk, with a progress bar.
//!
//! `cargo run --example bulk_load`
//!
//! With `DATAVERSE_URL` and `DATAVERSE_TOKEN` set it loads them into that organization; else it talks to a stand-in in this
//! process, which answers as Dataverse does, now and then with "too many requests".

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use dataverse_entity::Uuid;
use dataverse_entity::bytes::Bytes;
use dataverse_entity::client::{BoxFuture, Client, NoToken, StaticToken, Transport, TransportError};
use dataverse_entity::http::{Request, Response};
use dataverse_entity::operation::{Error, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventReason, EventType, SessionEvent};
use indicatif::{ProgressBar, ProgressStyle};

const EVENTS: u64 = 2_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(load())
}

async fn load() -> Result<(), Box<dyn std::error::Error>> {
    let client = connect()?;
    let drafts = (0..EVENTS).map(|number| {
        SessionEvent::create()
            .name(format!("Event {number}"))
            .event_type(EventType::SessionEnd)
            .event_reason(EventReason::CustomerRejoin)
    });

    let bar =
        ProgressBar::new(EVENTS).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    let shown = bar.clone();
    let outcomes = client
        .bulk()
        .chunk_size(NonZeroUsize::new(100).ok_or("a chunk of none")?)
        .on_progress(move |progress| {
            shown.set_position(progress.done as u64);
            if progress.failed > 0 {
                shown.set_message(format!("{} failed", progress.failed));
            }
        })
        .create(drafts)
        .await;
    bar.finish();

    // One outcome for each event, in the order of the events: its id, or why it is not there.
    let failed: Vec<_> = outcomes
        .iter()
        .enumerate()
        .filter_map(|(number, outcome)| Some((number, outcome.as_ref().err()?)))
        .collect();
    println!("{} events created, {} failed", outcomes.len() - failed.len(), failed.len());
    for (number, error) in failed.iter().take(5) {
        println!("    event {number}: {error}");
    }
    Ok(())
}

fn connect() -> Result<Client, Error> {
    match (std::env::var("DATAVERSE_URL"), std::env::var("DATAVERSE_TOKEN")) {
        (Ok(url), Ok(token)) => Client::new(Organization::new(&url)?, StaticToken::new(token)),
        _ => {
            let org = Organization::new("https://stand-in.example")?;
            Client::builder(org, NoToken).transport(StandIn(AtomicUsize::new(0))).build()
        }
    }
}

/// Answers `CreateMultiple` with new ids, and every seventh request with a refusal.
struct StandIn(AtomicUsize);

impl Transport for StandIn {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            let answer = if number.is_multiple_of(7) {
                let body = r#"{"error":{"code":"0x80072322","message":"too many requests"}}"#;
                Response::builder().status(429).header("retry-after", "0").body(Bytes::from(body))
            } else {
                let body: serde_json::Value =
                    serde_json::from_slice(request.body()).map_err(TransportError::no_answer)?;
                let count = body["Targets"].as_array().map_or(0, Vec::len);
                let ids: Vec<_> = (0..count)
                    .map(|each| Uuid::from_u128((number * 1000 + each) as u128).to_string())
                    .collect();
                Response::builder().body(Bytes::from(serde_json::json!({ "Ids": ids }).to_string()))
            };
            answer.map_err(TransportError::no_answer)
        })
    }
}
