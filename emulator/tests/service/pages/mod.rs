//! The requests in Microsoft's pages about records, with the answers that the pages show.

mod associate;
mod batch;
mod bulk;
mod conditional;
mod create;
mod keys;
mod retrieve;
mod update;

const ROOT: &str = "https://emulator.crm.dynamics.com/api/data/v9.2";

/// Returns the names of the members of an object, in their order.
fn members(row: &serde_json::Value) -> Vec<&str> {
    row.as_object().expect("an object").keys().map(String::as_str).collect()
}
