//! Many messages of one kind: several in a request, several requests at a time.

#[cfg(feature = "indicatif")]
mod bar;
#[allow(clippy::module_inception, reason = "the type is what the module is named after")]
mod bulk;
mod drafts;
mod journal;
mod messages;
mod outcome;
mod rows;
mod send;
mod size;
mod stream;
mod tables;

pub use bulk::Bulk;
pub use drafts::{BulkCreate, BulkUpdate};
pub use journal::{FileJournal, Journal, JournalSync, JournaledBulk, Load, RowState};
pub use outcome::{BulkOutcomes, Outcome, Progress};
pub use tables::{BulkTables, Pass, TableOutcome, TableOutcomes};
