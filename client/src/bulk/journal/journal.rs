//! The trait of journals.

use core::ops::Range;
use std::io;

use dataverse_entity_core::Uuid;

use super::ranges::Ranges;

/// A journal: which rows of a load were sent, and which are written. [`FileJournal`](crate::FileJournal) is one
/// in a file; a database that the load reads from can hold one, too.
///
/// [`Bulk::journal`](crate::Bulk::journal) calls it from async code, so its methods must not block for long.
/// Rows have the number of their position in the input, from 0. A [load of several tables](crate::BulkTables) keeps
/// notes as written rows with numbers from 2⁶² on.
///
/// ```
/// use std::collections::HashMap;
/// use std::io;
/// use std::ops::Range;
///
/// use dataverse_entity::Uuid;
/// use dataverse_entity::client::{Journal, Load, RowState};
///
/// /// A journal that ends with the process, for tests.
/// struct InMemory {
///     id: Uuid,
///     rows: HashMap<u64, RowState>,
/// }
///
/// impl Journal for InMemory {
///     fn start(&mut self, _: &Load) -> io::Result<Uuid> {
///         Ok(self.id)
///     }
///
///     fn state(&self, row: u64) -> RowState {
///         self.rows.get(&row).copied().unwrap_or(RowState::New)
///     }
///
///     fn sending(&mut self, rows: Range<u64>) -> io::Result<()> {
///         self.rows.extend(rows.map(|row| (row, RowState::Sent)));
///         Ok(())
///     }
///
///     fn written(&mut self, rows: &[u64]) -> io::Result<()> {
///         self.rows.extend(rows.iter().map(|row| (*row, RowState::Written)));
///         Ok(())
///     }
/// }
/// ```
pub trait Journal {
    /// Starts or continues the load, and returns its id: a random one at the first call, and the same one in
    /// later runs. The ids of the records that the load creates follow from it.
    ///
    /// # Errors
    ///
    /// Returns an error if the journal cannot be written, or belongs to another load.
    fn start(&mut self, load: &Load) -> io::Result<Uuid>;

    /// Returns what is known of a row.
    fn state(&self, row: u64) -> RowState;

    /// Records that these rows are about to be sent. It may name rows that are written: they stay so. In the second
    /// pass of a [load of several tables](crate::BulkTables), it may name rows that have nothing to send. The record
    /// must outlive the process before the method returns.
    ///
    /// # Errors
    ///
    /// Returns an error if the record cannot be kept. The rows are then not sent.
    fn sending(&mut self, rows: Range<u64>) -> io::Result<()>;

    /// Records that Dataverse has confirmed these rows.
    ///
    /// # Errors
    ///
    /// Returns an error if the record cannot be kept. The next run then sends the rows again, in the way that
    /// writes nothing twice.
    fn written(&mut self, rows: &[u64]) -> io::Result<()>;
}

/// What a journal knows of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// It was never sent.
    New,
    /// It was sent, and Dataverse may have carried it out or not.
    Sent,
    /// Dataverse has confirmed it.
    Written,
}

impl RowState {
    pub(super) fn of(row: u64, sent: &Ranges, written: &Ranges) -> Self {
        match (written.contains(row), sent.contains(row)) {
            (true, _) => Self::Written,
            (_, true) => Self::Sent,
            (false, false) => Self::New,
        }
    }
}

/// The load that a journal is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Load {
    /// Name of the message in Dataverse's terms, such as `Create`.
    pub message: &'static str,
    /// Logical name of the table.
    pub table: &'static str,
}

impl Load {
    /// Creates a load, for tests of journals.
    pub const fn new(message: &'static str, table: &'static str) -> Self {
        Self { message, table }
    }
}
