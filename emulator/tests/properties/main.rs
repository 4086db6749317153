//! Compares the service with naive models: random rows, queries and changes, and texts that try to escape
//! from their place.

mod change_sequences;
mod facts;
mod filters;
mod hostile;
mod naive;
mod pages;
#[allow(dead_code, reason = "shared with another test")]
#[path = "../service/support.rs"]
mod support;

use proptest::prelude::ProptestConfig;

/// Returns a configuration with this number of random cases.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases, max_shrink_iters: 100, ..ProptestConfig::default() }
}
