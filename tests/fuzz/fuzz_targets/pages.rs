//! Reads pages that resemble those of Dataverse, made from the bytes.
#![no_main]

#[path = "../../it/differential/both_readers.rs"]
mod both_readers;
#[path = "../../it/differential/pages.rs"]
mod pages;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| both_readers::check(&pages::page(bytes)));
