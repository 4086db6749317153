//! The destination of a page's records, for both readers.

use uuid::Uuid;

use super::context::ReadContext;
use crate::record::error::DecodeError;
use crate::record::fields::{Fields, FromRow};
use crate::record::page_info::PageInfo;
use crate::record::record::Record;
use crate::table::RowPlan;

/// A growing list of records without their type, so that readers are compiled once, not for each table.
pub(crate) trait RecordSink<'de> {
    /// Adds a blank record.
    fn begin(&mut self) -> &mut dyn Fields<'de>;

    /// Makes room for more records.
    fn reserve(&mut self, records: usize);

    /// Keeps the first `records` records and drops the others.
    fn truncate(&mut self, records: usize);
}

#[diagnostic::do_not_recommend]
impl<'de, T: FromRow<'de>> RecordSink<'de> for Vec<Record<T>> {
    fn begin(&mut self) -> &mut dyn Fields<'de> {
        let index = self.len();
        self.push(Record::blank());
        &mut self[index]
    }

    fn reserve(&mut self, records: usize) {
        self.reserve(records);
    }

    fn truncate(&mut self, records: usize) {
        self.truncate(records);
    }
}

/// The content of a page besides its records.
pub(crate) struct Outcome {
    pub(crate) info: PageInfo,
    pub(crate) tombstones: Vec<Tombstone>,
    /// The errors of unreadable rows, with their indexes among all rows that are not tombstones.
    pub(crate) bad: Vec<(usize, DecodeError)>,
}

/// A deleted row in a delta.
pub(crate) struct Tombstone {
    pub(crate) id: Uuid,
    pub(crate) reason: Option<String>,
}

/// The state of reading a page.
pub(crate) struct PageReader<'r, 'de> {
    pub(super) plan: &'static RowPlan,
    pub(super) context: ReadContext,
    sink: &'r mut dyn RecordSink<'de>,
    /// Number of records read.
    records: usize,
    tombstones: Vec<Tombstone>,
    /// The errors of unreadable rows, with their indexes among all rows that are not tombstones.
    bad: Vec<(usize, DecodeError)>,
    /// Whether the first unreadable row is the error of the page.
    strict: bool,
}

impl<'r, 'de> PageReader<'r, 'de> {
    /// Starts a page, and drops the sink's records of an earlier attempt.
    pub(super) fn new(
        plan: &'static RowPlan,
        sink: &'r mut dyn RecordSink<'de>,
        context: ReadContext,
        strict: bool,
    ) -> Self {
        sink.truncate(0);
        Self { plan, context, sink, records: 0, tombstones: Vec::new(), bad: Vec::new(), strict }
    }

    /// Passes a blank record to `fill`, and drops it if `fill` fails.
    pub(super) fn read<E>(
        &mut self,
        fill: impl FnOnce(&mut dyn Fields<'de>, &mut ReadContext) -> Result<(), E>,
    ) -> Result<(), E> {
        let filled = fill(self.sink.begin(), &mut self.context);
        match &filled {
            Ok(()) => self.records += 1,
            Err(_) => self.sink.truncate(self.records),
        }
        filled
    }

    /// Makes room for more records.
    pub(super) fn reserve(&mut self, records: usize) {
        self.sink.reserve(records);
    }

    /// Adds a deleted row.
    pub(super) fn add_tombstone(&mut self, tombstone: Tombstone) {
        self.tombstones.push(tombstone);
    }

    /// Adds a row that cannot be read.
    pub(super) fn refuse(&mut self, error: DecodeError) {
        self.bad.push((self.records + self.bad.len(), error));
    }

    /// Returns whether an unreadable row ends the page.
    pub(super) fn is_stopped(&self) -> bool {
        self.strict && !self.bad.is_empty()
    }

    /// Takes the error of the row that ends the page.
    pub(super) fn fatal(&mut self) -> Option<DecodeError> {
        self.bad.pop_if(|_| self.strict).map(|(_, error)| error)
    }

    /// Ends the page, with these links and counts.
    pub(super) fn finish(self, info: PageInfo) -> Outcome {
        Outcome { info, tombstones: self.tombstones, bad: self.bad }
    }
}
