//! Any bytes as a response.
#![no_main]

#[path = "../../both_ways/mod.rs"]
mod both_ways;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| both_ways::check(bytes));
