//! Loads session events in bulk, with a progress bar.
//!
//! `cargo run --example bulk_load`
//!
//! Loads them into the organization of `DATAVERSE_URL`, with the token `DATAVERSE_TOKEN`. Without these
//! variables, it starts an emulator in this process, which answers the first requests with "too many
//! requests".

use std::num::NonZeroUsize;
use std::time::Duration;

use dataverse_emulator::{Emulator, Fault};
use dataverse_entity::client::indicatif::{ProgressBar, ProgressFinish};
use dataverse_entity::client::{Client, StaticToken};
use dataverse_entity::message::{Error, Organization};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{EventReason, EventType, SessionEvent};

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

    let outcomes = client
        .bulk()
        .chunk_size(NonZeroUsize::new(100).ok_or("a chunk of none")?)
        .progress_bar(ProgressBar::new(EVENTS).with_finish(ProgressFinish::AndLeave))
        .create(drafts)
        .await;

    // One outcome for each event, in order: its id, or the error.
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
            let emulator = Emulator::new();
            for _ in 0..3 {
                emulator.inject(
                    Fault::throttle(Duration::ZERO).when(|_, target| target.contains("CreateMultiple")),
                );
            }
            Ok(emulator.client())
        }
    }
}
