//! Records and pages of records. They are read from the JSON of a response, and written in the same form.
//!
//! This module holds the public types. [`read`] reads responses, and [`mod@write`] writes records.

mod byte_order_mark;
mod decoder;
mod error;
mod etag;
mod expanded;
mod fields;
mod from_json;
mod page;
mod page_info;
mod read;
#[allow(clippy::module_inception, reason = "the record is what the module is named after")]
mod record;
mod rows;
mod write;

#[cfg(feature = "messages")]
pub(crate) use byte_order_mark::without_bom;
pub use decoder::Decoder;
pub use error::DecodeError;
pub use expanded::{ExpandField, ExpandShape, Expanded};
pub use fields::{Fields, FillExpand, FromRow};
pub use page::{DeletedRecord, Page, RowResult};
pub use page_info::PageInfo;
#[cfg(feature = "messages")]
pub(crate) use read::read_single;
pub use record::Record;
pub use rows::{DataverseRow, Row, RowPage, row_column, row_formatted};
#[cfg(feature = "messages")]
pub(crate) use rows::{check_columns, listed, read_rows};
pub use write::{ExpandedRows, WriteRow};
