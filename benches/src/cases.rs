//! All groups, by name. A group is made only when it is wanted.

use crate::{Group, Sizes, batch, bodies, client, emulator, page, query_url, record};

pub struct Case {
    pub name: &'static str,
    pub group: fn(Sizes) -> Group,
}

pub const ALL: [Case; 12] = [
    Case { name: "page-annotated", group: |sizes| page::group(sizes, true) },
    Case { name: "page-plain", group: |sizes| page::group(sizes, false) },
    Case { name: "record-annotated", group: |sizes| record::group(sizes, true) },
    Case { name: "record-plain", group: |sizes| record::group(sizes, false) },
    Case { name: "client-annotated", group: |sizes| client::group(sizes, true) },
    Case { name: "client-plain", group: |sizes| client::group(sizes, false) },
    Case { name: "create", group: bodies::create },
    Case { name: "update", group: bodies::update },
    Case { name: "query-url", group: query_url::group },
    Case { name: "batch-write", group: batch::write },
    Case { name: "batch-read", group: batch::read },
    Case { name: "emulator", group: emulator::group },
];

/// The cases whose names begin with one of these; all if there is none.
pub fn named(prefixes: &[String]) -> impl Iterator<Item = &'static Case> {
    ALL.iter().filter(move |case| {
        prefixes.is_empty() || prefixes.iter().any(|prefix| case.name.starts_with(prefix.as_str()))
    })
}
