//! Writing: the bodies of creates and updates, and what can be said against them before they are sent.
//!
//! The derive makes two companion types for a table, one for creates and one for updates, that hold only the columns
//! valid for the operation. All that a companion does is to say which columns it holds and what is pending for each
//! ([`Columns`]); serialisation, validation and comparison are done here, once for all.

mod body;
mod diff;
mod guard;
mod json;
mod magnitude;
mod validate;
mod violation;

use core::fmt;

#[cfg(feature = "messages")]
pub(crate) use body::{in_scope as body_in_scope, of_column as body_of_column};
pub(crate) use diff::Diff;
pub use guard::{CreateOnly, NotClearable, NotProperty, PrimaryId, ReadOnly, UpdateOnly};
use serde_core::Serializer;
pub use violation::{Rule, Violation, Violations};

use crate::column::Pending;
use crate::encode::EncodeError;
use crate::metadata::{AttributeMetadata, EntityMetadata};
use crate::reference::Address;

/// A create or an update: the companion types of a table.
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
        entries(self).all(|(_, pending)| matches!(pending, Pending::Keep))
    }
}

/// Which columns a companion type holds, and what is pending for each.
#[doc(hidden)]
pub trait Columns {
    /// What does not differ from draft to draft.
    fn plan(&self) -> &'static DraftPlan;

    /// What is pending for the column at this place of the metadata.
    fn pending(&self, column: usize) -> Pending<'_>;

    /// The record that an update is for.
    fn record(&self) -> Option<&Address> {
        None
    }
}

/// Says of a draft that it creates a record.
#[derive(Debug, Clone, Copy)]
pub enum CreateDraft {}

/// Says of a draft that it updates a record.
#[derive(Debug, Clone, Copy)]
pub enum UpdateDraft {}

/// What a companion type is.
#[doc(hidden)]
#[derive(Debug)]
pub struct DraftPlan {
    /// The type's name.
    pub name: &'static str,
    /// The table.
    pub table: &'static EntityMetadata,
    /// What the draft is for.
    pub kind: DraftKind,
    /// The columns, by their places in the metadata.
    pub columns: &'static [usize],
}

/// Which operation a companion type is for.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftKind {
    /// A create.
    Create,
    /// An update.
    Update,
}

/// The columns of a draft with what is pending for each.
pub(crate) fn entries(
    draft: &dyn Columns,
) -> impl Iterator<Item = (&'static AttributeMetadata, Pending<'_>)> {
    let attributes = draft.plan().table.attributes;
    draft.plan().columns.iter().map(move |&column| (&attributes[column], draft.pending(column)))
}

/// The body of the derived `Serialize`.
#[doc(hidden)]
pub fn serialize<S: Serializer>(draft: &dyn Columns, serializer: S) -> Result<S::Ok, S::Error> {
    body::serialize(draft, serializer)
}

/// The body of the derived `Debug`: only what the draft does.
#[doc(hidden)]
pub fn debug(draft: &dyn Columns, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(draft.plan().name);
    for (attribute, pending) in entries(draft).filter(|(_, pending)| !matches!(pending, Pending::Keep)) {
        shown.field(attribute.logical_name, &pending);
    }
    shown.finish()
}

/// The body of the derived `PartialEq`: the same columns with the same values.
#[doc(hidden)]
pub fn equal(a: &dyn Columns, b: &dyn Columns) -> bool {
    entries(a).map(|(_, pending)| pending).eq(entries(b).map(|(_, pending)| pending))
}
