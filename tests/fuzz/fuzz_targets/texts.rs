//! Reads any bytes as a response.
#![no_main]

#[path = "../../it/differential/both_readers.rs"]
mod both_readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| both_readers::check(bytes));
