//! What the library sends, carried out by the emulator.

mod fetch;
mod graph;

use dataverse_emulator::Emulator;
use dataverse_entity::client::Client;

/// An emulator with the same clock and ids in every run.
fn world() -> (Emulator, Client) {
    let start = "2026-03-04T10:30:00Z".parse().unwrap();
    let emulator = Emulator::builder().strict(true).clock(start).sequential_ids(true).build().unwrap();
    let client = emulator.client();
    (emulator, client)
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}
