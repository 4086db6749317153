//! Reading: records and pages of records from the JSON of a response.
//!
//! [`Decoder`] walks the JSON once; what a struct asks for is put into the cells of a [`Row`], whatever the order of values
//! and annotations, the rest is skipped; then the struct takes its fields out of the cells. There are two walks that fill
//! the same cells: `script` is quick and takes what Dataverse writes, `collect` is `serde_json`'s and takes all of JSON;
//! it is asked whenever the quick one is not sure, so it is the one that says what is wrong.

mod collect;
mod cursor;
mod decoder;
mod error;
mod expand;
mod from_json;
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
pub use expand::{ExpandField, ExpandShape, Expanded, assert_expands, assert_navigation};
pub use page::{DeletedRecord, Page, RowResult};
pub use page_info::PageInfo;
pub use record::Record;
pub use row::{FromRow, ReadContext, Row};
#[cfg(feature = "messages")]
pub(crate) use single::read_single;
