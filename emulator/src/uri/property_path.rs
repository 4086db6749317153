//! A path through navigation properties to a property: `primarycontactid/lastname`.

use crate::error::{Refusal, Result};

/// Maximum number of properties that a path leads through.
const MAX_PATH_LENGTH: usize = 12;

/// The names of a path.
pub(super) fn property_path(text: &str) -> Result<Vec<String>> {
    let path: Vec<String> = text.split('/').map(str::to_owned).collect();
    if path.len() > MAX_PATH_LENGTH {
        return Err(Refusal::query_not_supported(format!(
            "A path leads through no more than {MAX_PATH_LENGTH} properties."
        )));
    }
    Ok(path)
}
