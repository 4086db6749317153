//! Runs that can be killed and started again: a journal says which rows were sent, and which are written.

mod file;
pub(super) mod ids;
#[allow(clippy::module_inception, reason = "the trait is what the module is named after")]
mod journal;
mod line;
mod memory;
mod ranges;
mod run;

pub use file::{FileJournal, JournalSync};
pub use journal::{Journal, Load, RowState};
pub(super) use memory::MemoryJournal;
pub(super) use ranges::Ranges;
pub use run::JournaledBulk;
pub(super) use run::Shared;
