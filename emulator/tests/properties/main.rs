//! The service against naive models of it: random rows, queries and changes, and texts that try to get out of
//! their place.

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

/// So many random cases.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases, max_shrink_iters: 100, ..ProptestConfig::default() }
}
