//! A range that is being read, page after page.

use std::collections::VecDeque;
use std::vec;

use dataverse_entity_core::FromRow;
use dataverse_entity_core::message::{Cut, Error, KeyRange, Paged, Point, Query};
use dataverse_entity_core::{Page, Projection, Record};

use super::split::Progress;

/// A range that is being read.
pub(super) struct Lane<P: Projection> {
    pub(super) number: u64,
    /// What is left to deliver.
    range: KeyRange,
    /// The page to fetch next; `None` while it is being fetched, and after the last.
    next: Option<Query<P>>,
    is_fetching: bool,
    /// Pages that have arrived, the one that is being delivered first.
    pages: VecDeque<vec::IntoIter<(Record<P>, Point)>>,
    is_within_page: bool,
    error: Option<Error>,
    /// The row that an earlier reading delivered last, until it is found.
    sought: Option<Point>,
    has_skipped: bool,
    seen: Option<Seen>,
}

/// The values of the page that arrived last.
#[derive(Debug, Clone, Copy)]
struct Seen {
    first: i128,
    last: i128,
    rows: usize,
}

impl<P: Projection + for<'de> FromRow<'de>> Lane<P> {
    pub(super) fn new(number: u64, cut: &Cut<P>, range: KeyRange) -> Self {
        Self {
            number,
            range,
            next: Some(cut.rows(&range)),
            is_fetching: false,
            pages: VecDeque::new(),
            is_within_page: false,
            error: None,
            sought: range.after,
            has_skipped: false,
            seen: None,
        }
    }

    /// Returns what is left to deliver.
    pub(super) fn range(&self) -> &KeyRange {
        &self.range
    }

    /// Leaves the values from `at` on to another lane.
    pub(super) fn split_off(&mut self, at: i128) -> KeyRange {
        self.range.split_off(at)
    }

    /// Returns how far the range is read; `None` if that is unknown, or if nothing is left to fetch. `end` is the
    /// first value above all rows.
    pub(super) fn progress(&self, end: Option<i128>) -> Option<Progress> {
        let Seen { first, last, rows } = self.seen.filter(|_| self.goes_on())?;
        Some(Progress { first, last, rows, is_fetching: self.is_fetching, end: self.range.to.or(end)? })
    }

    /// Returns whether more pages are on their way or to be fetched.
    pub(super) fn goes_on(&self) -> bool {
        self.is_fetching || self.next.is_some()
    }

    /// Returns whether something can be delivered.
    pub(super) fn is_ready(&self) -> bool {
        !self.pages.is_empty() || self.error.is_some()
    }

    /// Returns the page to fetch now, if there is one. A lane holds one page, and a second one only while it
    /// delivers the first.
    pub(super) fn take_next(&mut self, is_delivering: bool) -> Option<Query<P>> {
        let room = if is_delivering { 2 } else { 1 };
        if self.pages.len() >= room {
            return None;
        }
        let next = self.next.take();
        self.is_fetching |= next.is_some();
        next
    }

    /// Takes what a fetch brought.
    pub(super) fn arrive(&mut self, cut: &Cut<P>, fetched: Result<(Query<P>, Page<P>), Error>) {
        self.is_fetching = false;
        let arrived = fetched.and_then(|(query, page)| self.take(cut, &query, page));
        if let Err(error) = arrived {
            self.next = None;
            self.error = Some(error.in_part(cut.name(&self.range)));
        }
    }

    fn take(&mut self, cut: &Cut<P>, query: &Query<P>, page: Page<P>) -> Result<(), Error> {
        self.next = query.next_page(&page);
        let mut before = self.seen.map(|seen| seen.last);
        let (mut first, mut count) = (None, 0);
        let mut rows = Vec::with_capacity(page.len());
        for record in page {
            let point = cut.point(&record)?;
            cut.check_order(&self.range, before, point.at)?;
            if self.range.ends_before(point.at) {
                self.next = None;
                break;
            }
            before = point.at;
            first = first.or(point.at);
            count += 1;
            match self.was_delivered(point) {
                Delivered::Yes => {}
                Delivered::No => rows.push((record, point)),
                Delivered::Unknown => {
                    self.begin_again(cut);
                    return Ok(());
                }
            }
        }
        if self.next.is_none() && self.sought.is_some() && self.has_skipped {
            self.begin_again(cut);
            return Ok(());
        }
        if let (Some(first), Some(last)) = (first, before) {
            self.seen = Some(Seen { first, last, rows: count });
        }
        if !rows.is_empty() {
            self.pages.push_back(rows.into_iter());
        }
        Ok(())
    }

    /// Returns whether an earlier reading delivered a row: the row that it delivered last, and those before it
    /// with the same value.
    fn was_delivered(&mut self, point: Point) -> Delivered {
        let Some(sought) = self.sought else { return Delivered::No };
        if point.id == sought.id {
            self.sought = None;
            return Delivered::Yes;
        }
        if point.at == sought.at {
            self.has_skipped = true;
            return Delivered::Yes;
        }
        if self.has_skipped {
            return Delivered::Unknown;
        }
        self.sought = None;
        Delivered::No
    }

    /// Reads the rows with the value of the last delivered row again: that row is gone, so nobody knows which of
    /// the others were delivered.
    fn begin_again(&mut self, cut: &Cut<P>) {
        if let Some(Point { at: Some(at), .. }) = self.range.after.take() {
            self.range.from = Some(at);
        }
        self.sought = None;
        self.seen = None;
        self.next = Some(cut.rows(&self.range));
    }

    /// Returns the next row, or the error that ends the range after its last row.
    pub(super) fn deliver(&mut self) -> Option<Result<Record<P>, Error>> {
        self.is_within_page = false;
        let Some(page) = self.pages.front_mut() else { return self.error.take().map(Err) };
        let row = page.next();
        match page.len() {
            0 => drop(self.pages.pop_front()),
            _ => self.is_within_page = true,
        }
        row.map(|(record, point)| {
            self.range.after = Some(point);
            Ok(record)
        })
    }

    /// Returns whether the page of the last row has more rows.
    pub(super) fn is_within_page(&self) -> bool {
        self.is_within_page
    }
}

/// Whether an earlier reading delivered a row.
enum Delivered {
    Yes,
    No,
    /// The row that it delivered last is gone.
    Unknown,
}
