//! What is wrong with a FetchXML query.

use crate::error::Refusal;
use crate::schema::Table;

pub(super) fn invalid(problem: &str) -> Refusal {
    Refusal::new(http::StatusCode::BAD_REQUEST, "0x80041129", format!("Invalid FetchXML: {problem}."))
}

pub(super) fn no_attribute(name: &str, table: &Table) -> Refusal {
    let message = format!("'{}' entity doesn't contain attribute with Name = '{name}'.", table.logical_name);
    Refusal::new(http::StatusCode::BAD_REQUEST, "0x80041103", message)
}
