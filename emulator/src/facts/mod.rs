//! The fact table: each rule of Dataverse that the emulator keeps, with its source and the test that holds it.
//!
//! `dataverse-emulator facts` prints it, and the page `FACTS.md` holds it. A test compares the page, the table and the tests: a
//! rule without a test fails, and so does a test without a rule.

mod aggregates;
mod aliases;
mod batches;
mod change_tracking;
mod definition_changes;
mod definition_sources;
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
mod lookups;
mod page;
mod queries;
mod rights;
mod roles;
mod samples;
mod spellings;
mod storage;
mod values;
mod writes;

pub use fact::{Fact, Grade};
pub use page::page;

/// The table's rooms, in the order of the page.
const ROOMS: &[(&str, &[Fact])] = &[
    ("Queries", queries::FACTS),
    ("Filters and query functions", filters::FACTS),
    ("Parameter aliases", aliases::FACTS),
    ("Aggregates", aggregates::FACTS),
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
    ("Changes of definitions", definition_changes::FACTS),
    ("Sources of definitions", definition_sources::FACTS),
    ("Rights", rights::FACTS),
    ("Roles, shares, acting for others", roles::FACTS),
    ("HTTP", http::FACTS),
    ("Errors", errors::FACTS),
    ("Spellings", spellings::FACTS),
    ("Hostile requests", hostile::FACTS),
    ("Storage", storage::FACTS),
    ("Samples and clients", samples::FACTS),
];

/// All facts, in the order of the page.
pub fn all() -> Vec<Fact> {
    ROOMS.iter().flat_map(|(_, facts)| facts.iter().copied()).collect()
}
