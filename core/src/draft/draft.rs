//! The draft as users see it.

use core::fmt;

use super::columns::{Columns, entries};
use super::violation::Violations;
use super::{body, validate};
use crate::column::Pending;
use crate::encode::EncodeError;

/// A create or an update of a table, as a value.
///
/// Drafts also implement serde's `Serialize`, for JSON text: `serde_json::to_string` and its like keep every digit of a
/// decimal. A `serde_json::Value` does not, because its numbers are floats; do not go through `serde_json::to_value`.
pub trait Draft: Columns + Clone + fmt::Debug + Send + Sync + 'static {
    /// The table.
    type Table;

    /// What the draft is for: [`CreateDraft`] or [`UpdateDraft`].
    type Kind;

    /// Everything that can be said against the body before it is sent; the server would refuse some of it, and
    /// silently change or drop the rest.
    ///
    /// # Errors
    ///
    /// All violations, in the order of the columns.
    fn validate(&self) -> Result<(), Violations>
    where
        Self: Sized,
    {
        validate::validate(self)
    }

    /// The body of the request.
    ///
    /// # Errors
    ///
    /// A value has no JSON form (a float that is not a number), or a lookup points to a table that is not known.
    fn to_json(&self) -> Result<String, EncodeError>
    where
        Self: Sized,
    {
        body::to_json(self)
    }

    /// Does the body hold no column?
    fn is_empty(&self) -> bool
    where
        Self: Sized,
    {
        entries(self).all(|(_, pending)| matches!(pending, Pending::Keep)) && self.collections().is_empty()
    }
}

/// Says of a draft that it creates a record.
#[derive(Debug, Clone, Copy)]
pub enum CreateDraft {}

/// Says of a draft that it updates a record.
#[derive(Debug, Clone, Copy)]
pub enum UpdateDraft {}
