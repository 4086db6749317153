//! Notes in a journal about the lookups that wait. The order of the tables follows from the rows, so corrected rows may
//! change it before a load is started again. The notes say what earlier runs have left out of their creates.

use std::io;

use crate::bulk::journal::{RowState, Shared};
use crate::lock::lock;

/// Notes have the numbers from here on: no load has so many rows, and a signed 64-bit integer holds them.
const FIRST: u64 = 1 << 62;

/// Notes in the journal of a table's creates that its lookups to these tables wait, and returns the tables for which
/// they wait or waited in an earlier run.
pub(super) fn keep(
    journal: &Shared,
    tables: &[&'static str],
    waiting: &[&'static str],
) -> io::Result<Vec<&'static str>> {
    let mut journal = lock(journal);
    let is_noted = |table: &&&str| journal.state(number(table)) == RowState::Written;
    let noted: Vec<_> = tables.iter().filter(is_noted).copied().collect();
    let mut new: Vec<u64> =
        waiting.iter().filter(|table| !noted.contains(table)).map(|table| number(table)).collect();
    if !new.is_empty() {
        new.sort_unstable();
        new.dedup();
        journal.written(&new)?;
    }
    Ok(tables.iter().filter(|table| noted.contains(table) || waiting.contains(table)).copied().collect())
}

fn number(table: &str) -> u64 {
    FIRST + u64::from(crc32fast::hash(table.as_bytes()))
}
