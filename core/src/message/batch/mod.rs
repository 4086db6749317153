//! Several messages in one request: `POST /$batch`.
//!
//! A [`Batch`] takes messages and gives a handle for each; with the handle, the answer to the message is had from the
//! [`BatchReply`], in the message's own type. What is to happen together or not at all goes into a [`ChangeSet`], where
//! a record can be named before it has an id.

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
