//! Pages that resemble those of Dataverse, made from the bytes.
#![no_main]

#[path = "../../both_ways/mod.rs"]
mod both_ways;
#[path = "../../both_ways/pages.rs"]
mod pages;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| both_ways::check(&pages::page(bytes)));
