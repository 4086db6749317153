//! The routes of the members of a row.
//!
//! A page repeats the same members in the same order, row after row. So each member is looked up once, and
//! then expected at the position that it had in the last row. This pays off for pages that the fast path
//! leaves to the full reader, such as those with white space. For a single record, remembering its members
//! costs more than looking them up.

use super::super::route::Route;
use crate::table::RowPlan;

/// The maximum number of members to remember, larger than any table's columns with all their annotations.
const MAX_MEMBERS: usize = 4096;

/// The members met so far, in their order.
#[derive(Debug, Default)]
pub(super) struct Routes {
    known: Vec<(Box<str>, Route)>,
    /// The maximum number of known members.
    capacity: usize,
    /// The index of the member that is expected.
    next: usize,
    /// The route of the last member that is not remembered.
    other: Option<Route>,
}

impl Routes {
    /// Returns routes that remember members from row to row.
    pub(super) fn of_page() -> Self {
        Self { capacity: MAX_MEMBERS, ..Self::default() }
    }

    /// Starts a record.
    pub(super) fn restart(&mut self) {
        self.next = 0;
    }

    /// Returns the route of the member with this name.
    pub(super) fn find(&mut self, name: &str, plan: &RowPlan, is_whole: bool) -> &Route {
        let expected = self.known.get(self.next).is_some_and(|(known, _)| **known == *name);
        let index = if expected {
            self.next
        } else if let Some(index) = self.known.iter().position(|(known, _)| **known == *name) {
            index
        } else if self.known.len() < self.capacity {
            self.known.push((name.into(), Route::of(name, plan, is_whole)));
            self.known.len() - 1
        } else {
            return self.other.insert(Route::of(name, plan, is_whole));
        };
        self.next = index + 1;
        &self.known[index].1
    }
}
