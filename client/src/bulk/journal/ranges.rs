//! Sets of row numbers, as ranges: a load in order needs one range, however many rows it has.

use core::ops::Range;
use std::collections::BTreeMap;

/// A set of row numbers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::bulk) struct Ranges {
    /// The first row of each range, and the row after its last. Ranges neither touch nor overlap.
    ends: BTreeMap<u64, u64>,
}

impl Ranges {
    pub(in crate::bulk) fn contains(&self, row: u64) -> bool {
        self.ends.range(..=row).next_back().is_some_and(|(_, end)| row < *end)
    }

    pub(in crate::bulk) fn insert(&mut self, rows: Range<u64>) {
        if rows.is_empty() {
            return;
        }
        let (mut start, mut end) = (rows.start, rows.end);
        // Every range that begins up to the end of the new one, and ends at its start or later, becomes part of it.
        while let Some((&first, &last)) = self.ends.range(..=end).next_back()
            && last >= start
        {
            self.ends.remove(&first);
            start = start.min(first);
            end = end.max(last);
        }
        self.ends.insert(start, end);
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }
}

/// Returns sorted rows as ranges.
pub(super) fn of_rows(rows: &[u64]) -> Vec<Range<u64>> {
    let mut ranges: Vec<Range<u64>> = Vec::new();
    for &row in rows {
        match ranges.last_mut() {
            Some(last) if last.end == row => last.end = row + 1,
            _ => ranges.push(row..row + 1),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ranges_hold_what_a_set_of_rows_holds() {
        for seed in 0..200 {
            let mut random = fastrand::Rng::with_seed(seed);
            let (mut ranges, mut rows) = (Ranges::default(), HashSet::new());
            for _ in 0..40 {
                let start = random.u64(0..100);
                let range = start..start + random.u64(0..12);
                rows.extend(range.clone());
                ranges.insert(range);
                for row in 0..120 {
                    assert_eq!(ranges.contains(row), rows.contains(&row), "seed {seed}, row {row}");
                }
            }
        }
    }

    #[test]
    fn a_load_in_order_is_one_range() {
        let mut ranges = Ranges::default();
        (0..1000).for_each(|chunk| ranges.insert(chunk * 100..chunk * 100 + 100));
        assert_eq!(ranges.count(), 1);
        assert_eq!(of_rows(&[3, 4, 5, 7, 9, 10]), [3..6, 7..8, 9..11]);
        assert_eq!(of_rows(&[]), []);
    }
}
