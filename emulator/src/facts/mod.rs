//! The fact table: each rule of Dataverse that the emulator keeps, with its source and the test that holds it.
//!
//! `dataverse-emulator facts` prints it, and the page `FACTS.md` holds it. A test compares the page, the table and the tests: a
//! rule without a test fails, and so does a test without a rule.

mod batches;
mod change_tracking;
mod definitions;
mod elastic;
mod errors;
mod expansions;
mod fact;
mod fetch_xml;
mod functions;
mod http;
mod keys;
mod lookups;
mod page;
mod queries;
mod rights;
mod roles;
mod samples;
mod storage;
mod values;
mod writes;

pub use fact::{Fact, Grade};
pub use page::page;

/// The table's rooms, in the order of the page.
const ROOMS: [(&str, &[Fact]); 18] = [
    ("Queries", queries::FACTS),
    ("Expansions", expansions::FACTS),
    ("FetchXML", fetch_xml::FACTS),
    ("Values", values::FACTS),
    ("Creates, updates, deletions", writes::FACTS),
    ("Alternate keys and upserts", keys::FACTS),
    ("Lookups and references", lookups::FACTS),
    ("Batches and bulk messages", batches::FACTS),
    ("Elastic tables", elastic::FACTS),
    ("Functions and actions", functions::FACTS),
    ("Change tracking", change_tracking::FACTS),
    ("Definitions", definitions::FACTS),
    ("Rights", rights::FACTS),
    ("Roles, shares, acting for others", roles::FACTS),
    ("HTTP", http::FACTS),
    ("Errors", errors::FACTS),
    ("Storage", storage::FACTS),
    ("Samples and clients", samples::FACTS),
];

/// All facts, in the order of the page.
pub fn all() -> Vec<Fact> {
    ROOMS.iter().flat_map(|(_, facts)| facts.iter().copied()).collect()
}
