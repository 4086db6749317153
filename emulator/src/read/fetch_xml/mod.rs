//! FetchXML: turns a query into one statement of SQL, and its rows into JSON.

mod aggregate;
mod answer;
mod conditions;
mod date_groups;
mod error;
mod fetch_attributes;
mod intersect;
mod joins;
mod operators;
mod orders;
mod output;
mod query;
mod rows;
mod saved;
mod sources;

pub(super) use answer::{Asked, fetch_xml};
pub(super) use saved::asked_for;
