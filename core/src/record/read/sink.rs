//! Where the records of a page go, whichever reader reads them.

use uuid::Uuid;

use super::context::ReadContext;
use crate::record::error::DecodeError;
use crate::record::fields::{Fields, FromRow};
use crate::record::page_info::PageInfo;
use crate::record::record::Record;
use crate::table::RowPlan;

/// A growing list of records, without their type: readers are compiled once, not once for each table.
pub(crate) trait RecordSink<'de> {
    /// Adds a blank record.
    fn begin(&mut self) -> &mut dyn Fields<'de>;

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

    fn truncate(&mut self, records: usize) {
        self.truncate(records);
    }
}

/// What a page holds besides its records.
pub(crate) struct Outcome {
    pub(crate) info: PageInfo,
    pub(crate) tombstones: Vec<Tombstone>,
    /// The rows that cannot be read, with their indexes among all rows that are no tombstones.
    pub(crate) bad: Vec<(usize, DecodeError)>,
}

/// A deleted row in a delta.
pub(crate) struct Tombstone {
    pub(crate) id: Uuid,
    pub(crate) reason: Option<String>,
}

/// A page that is being read.
pub(crate) struct PageReader<'r, 'de> {
    pub(super) plan: &'static RowPlan,
    pub(super) context: ReadContext,
    sink: &'r mut dyn RecordSink<'de>,
    /// How many records were read.
    records: usize,
    tombstones: Vec<Tombstone>,
    /// The rows that cannot be read, with their indexes among all rows that are no tombstones.
    bad: Vec<(usize, DecodeError)>,
    /// Whether the first row that cannot be read is the error of the page.
    strict: bool,
}

impl<'r, 'de> PageReader<'r, 'de> {
    /// Starts a page; what the sink holds of an earlier attempt is dropped.
    pub(super) fn new(
        plan: &'static RowPlan,
        sink: &'r mut dyn RecordSink<'de>,
        context: ReadContext,
        strict: bool,
    ) -> Self {
        sink.truncate(0);
        Self { plan, context, sink, records: 0, tombstones: Vec::new(), bad: Vec::new(), strict }
    }

    /// Reads a record with `fill`, which is given a blank one. A record that `fill` refuses is dropped.
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

    /// Adds a deleted row.
    pub(super) fn add_tombstone(&mut self, tombstone: Tombstone) {
        self.tombstones.push(tombstone);
    }

    /// Adds a row that cannot be read.
    pub(super) fn refuse(&mut self, error: DecodeError) {
        self.bad.push((self.records + self.bad.len(), error));
    }

    /// Whether a row that cannot be read ends the page.
    pub(super) fn is_stopped(&self) -> bool {
        self.strict && !self.bad.is_empty()
    }

    /// Takes the error of the row that ends the page.
    pub(super) fn fatal(&mut self) -> Option<DecodeError> {
        self.bad.pop_if(|_| self.strict).map(|(_, error)| error)
    }

    /// Ends the page, which has these links and counts.
    pub(super) fn finish(self, info: PageInfo) -> Outcome {
        Outcome { info, tombstones: self.tombstones, bad: self.bad }
    }
}
