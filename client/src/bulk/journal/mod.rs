//! Runs that can be killed and started again: a journal says which rows were sent, and which are written.

mod file;
mod ids;
#[allow(clippy::module_inception, reason = "the trait is what the module is named after")]
mod journal;
mod line;
mod ranges;
mod run;

pub use file::{FileJournal, JournalSync};
pub use journal::{Journal, Load, RowState};
pub use run::JournaledBulk;
