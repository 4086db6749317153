//! The fact table: each rule of Dataverse that the emulator follows, with its source and the test that
//! asserts it.
//!
//! `dataverse-emulator facts` prints the table, and `FACTS.md` is a copy of it. A test compares the copy, the
//! table and the tests: a rule without a test fails, and so does a test without a rule.
//!
#![doc = include_str!("../../FACTS.md")]

mod aggregates;
mod aliases;
mod batches;
mod change_tracking;
mod definition_changes;
mod definition_sources;
mod definition_writes;
mod definitions;
mod elastic;
mod errors;
mod expansions;
mod fact;
mod fetch_xml;
mod filters;
mod functions;
mod hostile;
mod http;
mod keys;
mod limits;
mod lookups;
mod page;
mod queries;
mod rights;
mod roles;
mod rooms;
mod samples;
mod spellings;
mod storage;
mod values;
mod writes;

pub use fact::{Fact, Grade};
pub use page::page;
pub use rooms::all;
