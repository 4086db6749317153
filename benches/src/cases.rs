//! All groups, by name. A group is made only when it is wanted.

use crate::{Group, Sizes, batch, bodies, client, emulator, page, query_url, record};

pub struct Case {
    pub name: &'static str,
    /// Is there something to compare with, doing the same work on every run? The emulator is measured by itself, and its
    /// tables grow.
    pub compares: bool,
    pub group: fn(Sizes) -> Group,
}

pub const ALL: [Case; 12] = [
    case("page-annotated", |sizes| page::group(sizes, true)),
    case("page-plain", |sizes| page::group(sizes, false)),
    case("record-annotated", |sizes| record::group(sizes, true)),
    case("record-plain", |sizes| record::group(sizes, false)),
    case("client-annotated", |sizes| client::group(sizes, true)),
    case("client-plain", |sizes| client::group(sizes, false)),
    case("create", bodies::create),
    case("update", bodies::update),
    case("query-url", query_url::group),
    case("batch-write", batch::write),
    case("batch-read", batch::read),
    Case { compares: false, ..case("emulator", emulator::group) },
];

const fn case(name: &'static str, group: fn(Sizes) -> Group) -> Case {
    Case { name, compares: true, group }
}

/// The cases whose names begin with one of these; all if there is none.
pub fn named(prefixes: &[String]) -> impl Iterator<Item = &'static Case> {
    ALL.iter().filter(move |case| {
        prefixes.is_empty() || prefixes.iter().any(|prefix| case.name.starts_with(prefix.as_str()))
    })
}
