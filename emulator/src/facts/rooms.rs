//! The rooms of the fact table, in the order of the page.

use super::{
    Fact, aggregates, aliases, batches, change_tracking, definition_changes, definition_sources,
    definition_writes, definitions, elastic, errors, expansions, fetch_xml, filters, functions, hostile,
    http, keys, limits, lookups, queries, rights, roles, samples, spellings, storage, values, writes,
};

/// The rooms and their titles.
pub(super) const ROOMS: &[(&str, &[Fact])] = &[
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
    ("Writes of definitions", definition_writes::FACTS),
    ("Sources of definitions", definition_sources::FACTS),
    ("Rights", rights::FACTS),
    ("Roles, shares, acting for others", roles::FACTS),
    ("HTTP", http::FACTS),
    ("Errors", errors::FACTS),
    ("Service protection limits", limits::FACTS),
    ("Spellings", spellings::FACTS),
    ("Hostile requests", hostile::FACTS),
    ("Storage", storage::FACTS),
    ("Samples and clients", samples::FACTS),
];

/// Returns all facts, in the order of the page.
///
/// ```
/// use dataverse_emulator::facts;
///
/// let about_pages = facts::all().into_iter().filter(|fact| fact.rule.contains("@odata.nextLink"));
/// assert!(about_pages.count() > 1);
/// ```
pub fn all() -> Vec<Fact> {
    ROOMS.iter().flat_map(|(_, facts)| facts.iter().copied()).collect()
}
