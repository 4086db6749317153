//! Messages that create or change several records at once.

mod create;
mod update;
mod upsert;

pub use create::CreateMultiple;
pub use update::UpdateMultiple;
pub use upsert::UpsertMultiple;
