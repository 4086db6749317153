//! How a response is read into the [`Fields`](super::Fields) of a blank record.
//!
//! There are two readers. The fast one predicts the members of a record, and accepts only what Dataverse
//! writes. The full one reads all of JSON through `serde_json`, and collects a record in cells before it
//! fills the fields. The fast reader never reports an error: if it is not sure of a record, it leaves the
//! record to the full reader.

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
