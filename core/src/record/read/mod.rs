//! How a response is read: into the [`Fields`](super::Fields) of a record that is blank at first.
//!
//! There are two readers. The one in `fast` predicts the members of a record and takes what Dataverse writes; the one in
//! `full` goes through `serde_json`, takes all of JSON, and collects a record in cells before it fills the fields. The
//! fast reader is never sure that something is wrong: it leaves the record to the full reader, which says what is.

mod cells;
mod context;
mod fallback;
mod fast;
mod full;
mod route;
mod sink;

pub(super) use context::ReadContext;
pub(super) use fallback::{page, record};
#[cfg(feature = "messages")]
pub(crate) use full::read_single;
pub(super) use full::{MemberName, json_value};
pub(super) use route::{FORMATTED_VALUE, LOOKUP_LOGICAL_NAME};
pub(super) use sink::{Outcome, Tombstone};
