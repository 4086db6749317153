//! Messages that create or change several records at once.

mod create;
mod delete;
mod outcomes;
mod update;
mod upsert;

pub use create::CreateMultiple;
pub use delete::DeleteMultiple;
pub use outcomes::{Multiple, Outcomes};
pub use update::UpdateMultiple;
pub use upsert::UpsertMultiple;
