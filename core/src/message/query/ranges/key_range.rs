//! A range of a column, and how far it has been read.

use uuid::Uuid;

/// Where a row lies: its value of the column as a number, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The value; `None` if the row has none.
    pub at: Option<i128>,
    /// The id of the row.
    pub id: Uuid,
}

/// A range of values, with the last row of it that was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyRange {
    /// The range of the rows without a value, which has no bounds.
    pub is_null: bool,
    /// The least value; `None` for a range that is open below.
    pub from: Option<i128>,
    /// The first value above the range; `None` for a range that is open above.
    pub to: Option<i128>,
    /// The last row that was delivered.
    pub after: Option<Point>,
}

impl KeyRange {
    /// The range of all rows with a value.
    pub const ALL: Self = Self { is_null: false, from: None, to: None, after: None };

    /// The range of the rows without a value.
    pub const NULL: Self = Self { is_null: true, ..Self::ALL };

    /// Returns whether nothing bounds the range, and none of it was read.
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// Returns whether a row with this value lies above the range.
    pub fn ends_before(&self, at: Option<i128>) -> bool {
        matches!((at, self.to), (Some(at), Some(to)) if at >= to)
    }

    /// Divides the range: this range ends before `at`, and the returned one begins there.
    #[must_use]
    pub fn split_off(&mut self, at: i128) -> Self {
        let rest = Self { from: Some(at), after: None, ..*self };
        self.to = Some(at);
        rest
    }

    /// Returns this range in so many parts, cut evenly between two values; in fewer, if there are not as many
    /// values.
    pub fn evenly(self, parts: usize, first: i128, last: i128) -> Vec<Self> {
        let mut ranges = vec![self];
        let span = last.abs_diff(first);
        let mut below = first;
        for index in 1..parts {
            // In this order the product stays small: a span of GUIDs has 128 bits.
            let (parts, index) = (parts as u128, index as u128);
            let offset = span / parts * index + span % parts * index / parts;
            let at = first.wrapping_add_unsigned(offset);
            if at > below
                && let Some(open) = ranges.last_mut()
            {
                let rest = open.split_off(at);
                ranges.push(rest);
                below = at;
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(ranges: &[KeyRange]) -> Vec<(Option<i128>, Option<i128>)> {
        ranges.iter().map(|range| (range.from, range.to)).collect()
    }

    #[test]
    fn parts_touch_and_keep_the_bounds_of_the_whole() {
        assert_eq!(
            bounds(&KeyRange::ALL.evenly(4, 0, 100)),
            [(None, Some(25)), (Some(25), Some(50)), (Some(50), Some(75)), (Some(75), None)]
        );
        assert_eq!(bounds(&KeyRange::ALL.evenly(4, 7, 7)), [(None, None)]);
        assert_eq!(bounds(&KeyRange::ALL.evenly(4, 7, 8)), [(None, None)]);
        assert_eq!(bounds(&KeyRange::ALL.evenly(8, -1, 1)), [(None, Some(0)), (Some(0), None)]);
        let widest = KeyRange::ALL.evenly(2, i128::MIN, i128::MAX);
        assert_eq!(bounds(&widest), [(None, Some(-1)), (Some(-1), None)]);
    }
}
