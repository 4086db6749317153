//! Several messages in one request: `POST /$batch`.
//!
//! A [`Batch`] takes messages and returns a handle for each. Pass the handle to [`BatchReply::get`] to read
//! the answer to the message, in the message's own type. The messages of a [`ChangeSet`] are carried out
//! together or not at all. A later message of a change set can name a record that an earlier message creates.

#[allow(clippy::module_inception, reason = "the batch is what the module is named after")]
mod batch;
mod change_set;
mod exchange;
mod item;
mod multipart;
mod reply;
mod write;

pub use batch::Batch;
pub use change_set::{ChangePart, ChangeSet};
pub use item::{AsPart, Part};
pub use reply::BatchReply;
