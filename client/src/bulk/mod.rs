//! Many messages of one kind: several in a request, several requests at a time.

#[allow(clippy::module_inception, reason = "the type is what the module is named after")]
mod bulk;
mod drafts;
mod outcome;
mod run;

pub use bulk::Bulk;
pub use drafts::{BulkCreate, BulkUpdate};
pub use outcome::{Outcome, Progress};
