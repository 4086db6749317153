//! Rows of the database as JSON.

mod aggregate;
mod change_tracking;
mod collection;
mod cookie;
mod expand;
mod fetch_xml;
mod page;
mod record;
mod row;
mod selection;
mod shape;
mod sql_query;

pub(crate) use change_tracking::count_changes;
pub(crate) use collection::collection;
pub(crate) use record::{record, record_json};
pub(crate) use row::{target, version_of};
pub(crate) use selection::{Scope, count};
pub(crate) use shape::Shape;
