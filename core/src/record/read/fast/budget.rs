//! Limits of the fast path for one response. If a response exceeds them, the full reader reads all of it.

/// The maximum depth of expanded records. The full reader reads deeper records, up to the limit of
/// `serde_json`.
pub(super) const MAX_DEPTH: usize = 16;
/// The maximum number of members to insert between known ones.
const MAX_INSERTIONS: usize = 1024;

/// The budget for the rest of a response.
#[derive(Debug)]
pub(super) struct Budget {
    /// The remaining levels of expanded records.
    depth: usize,
    insertions: usize,
    is_exhausted: bool,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self { depth: MAX_DEPTH, insertions: MAX_INSERTIONS, is_exhausted: false }
    }

    /// Starts a record at level zero, because an earlier record may have failed inside expanded records.
    pub(super) const fn start_record(&mut self) {
        self.depth = MAX_DEPTH;
    }

    /// Allows records one level deeper.
    pub(super) fn descend(&mut self) -> Option<()> {
        self.depth = self.spend(self.depth)?;
        Some(())
    }

    /// Leaves the level.
    pub(super) const fn ascend(&mut self) {
        self.depth += 1;
    }

    /// Allows an insertion, if the budget has one left. Each insertion shifts all later members, so without a
    /// limit a hostile response could make reading quadratic.
    pub(super) fn insert(&mut self) -> Option<()> {
        self.insertions = self.spend(self.insertions)?;
        Some(())
    }

    /// Returns whether the full reader must read the rest of the response.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    fn spend(&mut self, left: usize) -> Option<usize> {
        let left = left.checked_sub(1);
        self.is_exhausted |= left.is_none();
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_given_back() {
        let mut budget = Budget::new();
        for _ in 0..MAX_DEPTH {
            assert!(budget.descend().is_some());
        }
        budget.ascend();
        assert!(budget.descend().is_some());
        assert!(!budget.is_exhausted());
        assert!(budget.descend().is_none());
        assert!(budget.is_exhausted());
    }

    #[test]
    fn insertions_are_counted_over_all_records() {
        let mut budget = Budget::new();
        for _ in 0..MAX_INSERTIONS {
            budget.start_record();
            assert!(budget.insert().is_some());
        }
        assert!(!budget.is_exhausted());
        assert!(budget.insert().is_none());
        assert!(budget.is_exhausted());
    }
}
