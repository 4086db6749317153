//! What a load of several tables reports.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use dataverse_entity_core::Uuid;
use futures_core::Stream;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use crate::bulk::outcome::Outcome;

/// The outcome of one row of a [load of several tables](crate::BulkTables).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TableOutcome {
    /// Logical name of the table.
    pub table: &'static str,
    /// Position of the row in the input of its table, from 0.
    pub index: u64,
    /// The pass in which it was sent.
    pub pass: Pass,
    /// The id of the record, or the error.
    pub outcome: Outcome<Uuid>,
}

/// A pass of a [load of several tables](crate::BulkTables).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pass {
    /// The creates, without the lookups that have to wait.
    Create,
    /// The updates that set the lookups that have waited.
    Update,
}

impl Pass {
    /// Returns the name of the message in Dataverse's terms.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Update => "Update",
        }
    }
}

/// The outcomes of a load of several tables: the rows of each table in the order of its input, table after table,
/// and then those of the second pass. [`BulkTables::run`](crate::BulkTables::run) returns it.
///
/// The load goes on only while the stream is polled. Dropping it ends the load.
#[must_use = "a stream does nothing until it is polled"]
pub struct TableOutcomes<'a>(pub(super) BoxStream<'a, TableOutcome>);

impl Stream for TableOutcomes<'_> {
    type Item = TableOutcome;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(cx)
    }
}

impl fmt::Debug for TableOutcomes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableOutcomes").finish_non_exhaustive()
    }
}
