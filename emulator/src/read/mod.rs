//! Rows of the database as JSON.

mod aggregate;
mod change_tracking;
mod collection;
mod cookie;
mod fetch_xml;
mod page;
mod row;
mod selection;
mod shape;

pub(crate) use collection::collection;
pub(crate) use row::{target, version_of};
pub(crate) use selection::{Scope, count, record, record_json};
pub(crate) use shape::Shape;
