//! Where a range is divided for those that have nothing to read.

/// The range of a lane, in the numbers of its column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    /// The first and last value of the latest page.
    pub(super) first: i128,
    pub(super) last: i128,
    /// Number of rows in that page.
    pub(super) rows: usize,
    /// Whether the next page is on its way.
    pub(super) is_fetching: bool,
    /// The first value above the range, or above all rows.
    pub(super) end: i128,
}

/// A division of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Division {
    /// The first value that others read.
    pub(super) at: i128,
    /// Into how many parts they cut what they read.
    pub(super) parts: usize,
}

impl Progress {
    /// Returns how many pages the range has left, if its rows lie as those of the latest page do.
    ///
    /// A burst of rows further on is not foreseen. The first page of the burst corrects the estimate.
    pub(super) fn pages_left(&self) -> f64 {
        if self.end <= self.last { 0.0 } else { self.end.abs_diff(self.last) as f64 / self.width() as f64 }
    }

    /// Returns the division of the range among its lane and others that are idle; `None` if less than a page
    /// would be left to them.
    pub(super) fn divide(&self, idle: usize) -> Option<Division> {
        let pages = self.pages_left();
        if self.rows == 0 || pages < 1.0 || idle == 0 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
        let parts = idle.min(pages as usize);
        let share = self.end.abs_diff(self.last) / (parts as u128 + 1);
        let mine = if self.is_fetching { share.max(self.width()) } else { share.max(1) };
        let at = self.last.checked_add_unsigned(mine)?;
        (at < self.end).then_some(Division { at, parts })
    }

    /// Returns the number of values that the latest page covers, at least one.
    fn width(&self) -> u128 {
        self.last.abs_diff(self.first).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRESS: Progress = Progress { first: 0, last: 100, rows: 50, is_fetching: false, end: 900 };

    #[test]
    fn the_rest_is_shared_evenly() {
        assert_eq!(PROGRESS.divide(7), Some(Division { at: 200, parts: 7 }));
        assert_eq!(PROGRESS.divide(1), Some(Division { at: 500, parts: 1 }));
        // There are eight pages: a part is not much smaller than one.
        assert_eq!(PROGRESS.divide(50), Some(Division { at: 188, parts: 8 }));
        assert_eq!(PROGRESS.divide(0), None);
    }

    #[test]
    fn a_page_on_its_way_is_not_given_away() {
        let fetching = Progress { is_fetching: true, ..PROGRESS };
        assert_eq!(fetching.divide(50), Some(Division { at: 200, parts: 8 }));
        assert_eq!(Progress { end: 200, ..fetching }.divide(1), None);
    }

    #[test]
    fn what_one_page_holds_is_not_divided() {
        assert_eq!(Progress { end: 199, ..PROGRESS }.divide(3), None);
        assert_eq!(Progress { end: 100, ..PROGRESS }.divide(3), None);
        assert_eq!(Progress { first: 7, last: 7, end: 8, ..PROGRESS }.divide(3), None);
        let widest = Progress { first: i128::MIN, last: i128::MIN, end: i128::MAX, ..PROGRESS };
        assert_eq!(widest.divide(1), Some(Division { at: -1, parts: 1 }));
    }
}
