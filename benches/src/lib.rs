//! Compares this library with what a user would do instead. `../BENCHMARKS.md` says how to run it, and has
//! the results.

pub mod agreement;
pub mod alloc;
pub mod arrow;
pub mod batch;
pub mod batch_by_hand;
pub mod batch_data;
pub mod bodies;
pub mod bodies_by_hand;
pub mod by_hand;
pub mod cases;
pub mod client;
pub mod compressed;
pub mod data;
pub mod emulator;
pub mod emulator_by_hand;
pub mod instructions;
pub mod lines;
pub mod machine;
pub mod page;
pub mod plot;
pub mod power_platform;
pub mod query_url;
pub mod record;
pub mod server;
pub mod sizes;
pub mod skip;
pub mod table;
pub mod times;
pub mod turns;
pub mod variant;

pub use sizes::Sizes;
pub use variant::{Group, Variant};
