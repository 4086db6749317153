//! The bodies of creates and updates, as they stand where they are sent.

use super::error::Error;
use super::organization::Organization;
use crate::draft::{Columns, body_in_scope};
use crate::value::Value;

/// The bodies of requests.
pub(crate) struct Body;

impl Body {
    /// What the draft holds.
    pub(crate) fn of(draft: &dyn Columns, org: &Organization) -> Result<Vec<u8>, Error> {
        Self::with(draft, org, Vec::new())
    }

    /// What the draft holds, behind other members.
    pub(crate) fn with(
        draft: &dyn Columns,
        org: &Organization,
        members: Vec<(String, Value<'_>)>,
    ) -> Result<Vec<u8>, Error> {
        Ok(body_in_scope(draft, org.scope(), members)?.into_bytes())
    }
}
