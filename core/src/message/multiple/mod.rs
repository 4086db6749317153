//! Messages about several records in one request.

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
