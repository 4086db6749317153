//! Reading: records and pages of records from the JSON of a response.
//!
//! One way for all: [`Decoder`] walks the JSON once; what a struct asks for is put into the cells of a [`Row`], whatever
//! the order of values and annotations, the rest is skipped; then the struct takes its fields out of the cells.

mod collect;
mod decoder;
mod error;
mod expand;
mod json;
mod page;
mod plan;
#[allow(clippy::module_inception, reason = "the record is what the module is named after")]
mod record;
mod row;

pub use decoder::Decoder;
pub use error::DecodeError;
pub use expand::{ExpandField, ExpandShape, Expanded, plan_of};
pub use page::{DeletedRecord, Page, PageInfo, RowResult};
pub use plan::{
    ExpandPlan, RowPlan, all_columns, assert_expands, column_of, expect_column, is_kind, is_primary_id,
    reads_targets,
};
pub use record::Record;
pub use row::{FromRow, ReadContext, Row};
