//! The service document, `$metadata`, the definitions of tables, relationships and option sets, and their
//! changes.

mod changes;
mod complex;
mod criteria;
mod csdl;
mod filter;
mod items;
mod journal;
mod labels;
mod path;
mod query;
mod routes;
mod types;

pub(crate) use journal::{BEGAN, record, record_change};
pub(crate) use routes::{NAMES, answer, metadata, service_document};
pub(crate) use types::property_of;
