//! The full reader reads all of JSON through `serde_json`. It collects one record at a time in cells, and
//! reports errors.

mod json;
mod response;
mod routes;
mod row;
#[cfg(feature = "messages")]
mod single;
mod visitors;

pub(in crate::record) use json::{MemberName, value as json_value};
pub(super) use response::{page, record, take_row};
pub(super) use row::Row;
#[cfg(feature = "messages")]
pub(crate) use single::read_single;
pub(super) use visitors::collect_row;
