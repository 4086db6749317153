//! Rows whose columns no table declares: aggregates, aliases, and columns of linked tables.

mod dataverse_row;
mod page;
mod row;

pub use dataverse_row::{DataverseRow, row_column, row_formatted};
pub use page::RowPage;
pub(crate) use page::{check_columns, listed, read_rows};
pub use row::Row;
