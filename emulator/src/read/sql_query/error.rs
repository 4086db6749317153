//! The refusals of SQL.

use http::StatusCode;

use crate::error::{Refusal, excerpt};

/// Returns the refusal of SQL that Microsoft's page calls unsupported. The page does not show Dataverse's
/// words.
pub(super) fn not_supported(what: &str) -> Refusal {
    Refusal::query_not_supported(format!("{what} is not supported in a SQL query."))
}

/// Returns the refusal of SQL that the page does not mention, or that it and Microsoft's Python client
/// describe differently.
pub(super) fn unknown(what: &str) -> Refusal {
    Refusal::not_implemented(&format!("{what} in a SQL query"))
}

/// Returns the refusal of malformed SQL and of unknown names.
pub(super) fn invalid(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "0x80060888", format!("Invalid SQL query: {}", excerpt(message)))
}
