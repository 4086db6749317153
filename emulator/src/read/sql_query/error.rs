//! The refusals of SQL.

use http::StatusCode;

use crate::error::{Refusal, excerpt};

/// What Microsoft's page says is not supported. The page has no words for it.
pub(super) fn not_supported(what: &str) -> Refusal {
    Refusal::query_not_supported(format!("{what} is not supported in a SQL query."))
}

/// What the page is silent about, or what it and Microsoft's Python client say differently.
pub(super) fn unknown(what: &str) -> Refusal {
    Refusal::not_implemented(&format!("{what} in a SQL query"))
}

/// What is no SQL at all, or names nothing.
pub(super) fn invalid(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "0x80060888", format!("Invalid SQL query: {}", excerpt(message)))
}
