//! Reading: records and pages of records from the JSON of a response.
//!
//! What is read goes into the [`Fields`] of a record that is blank at first: each column is handed a cell with its value and
//! annotations, the rest is skipped. There are two walks: `script` is quick and takes what Dataverse writes; `collect` is
//! `serde_json`'s, takes all of JSON, and puts a record into the cells of a `row` before its fields are filled. It is asked
//! for every record of which the quick one is not sure, so it is the one that says what is wrong.

mod collect;
mod cursor;
mod decoder;
mod error;
mod etag;
mod expand;
mod fields;
mod from_json;
mod guid;
mod json;
mod page;
mod page_info;
#[allow(clippy::module_inception, reason = "the record is what the module is named after")]
mod record;
mod route;
mod row;
mod script;
#[cfg(feature = "messages")]
mod single;

pub use decoder::Decoder;
pub use error::DecodeError;
pub use expand::{ExpandField, ExpandShape, Expanded, FillExpand, assert_expands, assert_navigation};
pub use fields::{Fields, FromRow};
pub use page::{DeletedRecord, Page, RowResult};
pub use page_info::PageInfo;
pub use record::Record;
#[cfg(feature = "messages")]
pub(crate) use single::read_single;
