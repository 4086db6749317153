//! All groups, by name. A group is made only when it runs.

use crate::{
    Group, Sizes, batch, bodies, client, compressed, emulator, emulator_by_hand, page, query_url, record,
};

pub struct Case {
    pub name: &'static str,
    /// Whether every run does the same work, and there are other variants to compare with. The emulator is
    /// measured alone, and its tables grow.
    pub compares: bool,
    pub group: fn(Sizes) -> Group,
}

pub const ALL: [Case; 19] = [
    case("page-annotated", |sizes| page::group(sizes, true)),
    case("page-plain", |sizes| page::group(sizes, false)),
    case("record-annotated", |sizes| record::group(sizes, true)),
    case("record-plain", |sizes| record::group(sizes, false)),
    case("client-annotated", |sizes| client::group(sizes, true)),
    case("client-plain", |sizes| client::group(sizes, false)),
    uncounted("compressed-annotated", |sizes| compressed::group(sizes, true)),
    uncounted("compressed-plain", |sizes| compressed::group(sizes, false)),
    case("create", bodies::create),
    case("update", bodies::update),
    case("query-url", query_url::group),
    case("batch-write", batch::write),
    case("batch-read", batch::read),
    Case { compares: false, ..case("emulator", emulator::group) },
    uncounted("by-hand-retrieve", emulator_by_hand::retrieve),
    uncounted("by-hand-page", emulator_by_hand::page),
    uncounted("by-hand-filter", emulator_by_hand::filter),
    uncounted("by-hand-create", emulator_by_hand::create),
    uncounted("callers", emulator_by_hand::callers),
];

const fn case(name: &'static str, group: fn(Sizes) -> Group) -> Case {
    Case { name, compares: true, group }
}

/// A case whose tables grow, or that needs several threads: its instructions are not counted.
const fn uncounted(name: &'static str, group: fn(Sizes) -> Group) -> Case {
    Case { compares: false, ..case(name, group) }
}

/// Returns the cases whose names begin with one of these, or all cases if there is none.
pub fn named(prefixes: &[String]) -> impl Iterator<Item = &'static Case> {
    ALL.iter().filter(move |case| {
        prefixes.is_empty() || prefixes.iter().any(|prefix| case.name.starts_with(prefix.as_str()))
    })
}
