//! The refusals of SQL.

use http::StatusCode;

use crate::error::{Refusal, excerpt};

/// The refusal of SQL that Microsoft's page does not support. The page has no words for it.
pub(super) fn not_supported(what: &str) -> Refusal {
    Refusal::query_not_supported(format!("{what} is not supported in a SQL query."))
}

/// The refusal of SQL that the page does not mention, or that it and Microsoft's Python client describe
/// differently.
pub(super) fn unknown(what: &str) -> Refusal {
    Refusal::not_implemented(&format!("{what} in a SQL query"))
}

/// The refusal of malformed SQL and of unknown names.
pub(super) fn invalid(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "0x80060888", format!("Invalid SQL query: {}", excerpt(message)))
}
