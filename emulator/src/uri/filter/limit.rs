//! The limit on the conditions of a query.

use crate::error::{Refusal, Result};

/// Maximum number of conditions in one query.
const MAX_CONDITIONS: usize = 500;

/// Refuses a query with more conditions than Dataverse allows.
pub(crate) fn limit_conditions(count: usize) -> Result<()> {
    if count <= MAX_CONDITIONS {
        return Ok(());
    }
    let message = "Number of conditions in query exceeded maximum limit.";
    Err(Refusal::new(http::StatusCode::BAD_REQUEST, "0x8004430C", message))
}
