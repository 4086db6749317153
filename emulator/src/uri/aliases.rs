//! Parameter aliases: `@p1`, assigned elsewhere in the query.

use crate::error::{Refusal, Result};

/// The aliases of a query and their values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aliases {
    assigned: Vec<(String, String)>,
    refused: bool,
}

impl Aliases {
    /// Returns aliases that refuse every name, because Dataverse accepts none inside `$expand`.
    pub(super) fn refused() -> Self {
        Self { assigned: Vec::new(), refused: true }
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.assigned.push((name.to_owned(), value.to_owned()));
    }

    /// Returns the value of an alias, whose name includes its `@`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.assigned.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// Returns the value of an alias in `$filter` or `$orderby`; `None` if the query assigns none.
    pub(super) fn resolve(&self, name: &str) -> Result<Option<&str>> {
        if self.refused {
            return Err(Refusal::query_not_supported(format!(
                "The parameter alias '{name}' cannot be used inside $expand."
            )));
        }
        match self.get(name).map(str::trim) {
            Some(value) if value.starts_with('@') => {
                Err(Refusal::bad(format!("The value of the parameter alias '{name}' is another alias.")))
            }
            value => Ok(value),
        }
    }
}
