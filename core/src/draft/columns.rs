//! The columns of a draft as generated code gives them, and what needs only those.

use core::fmt;

use super::nested::Collection;
use crate::column::Pending;
use crate::metadata::{AttributeMetadata, EntityMetadata};
use crate::reference::Address;

/// Which columns a draft holds, and what is pending for each.
#[doc(hidden)]
pub trait Columns {
    /// What does not differ from draft to draft.
    fn plan(&self) -> &'static DraftPlan;

    /// What is pending for the column at this index of the metadata.
    fn pending(&self, column: usize) -> Pending<'_>;

    /// The record that an update is for.
    fn record(&self) -> Option<&Address> {
        None
    }

    /// The collections of related records that a create fills.
    fn collections(&self) -> &[Collection] {
        &[]
    }
}

/// What does not differ from one draft of a type to the next.
#[doc(hidden)]
#[derive(Debug)]
pub struct DraftPlan {
    /// The type's name.
    pub name: &'static str,
    /// The table.
    pub table: &'static EntityMetadata,
    /// What the draft is for.
    pub kind: DraftKind,
    /// The columns, by their indices in the metadata.
    pub columns: &'static [usize],
}

/// Which message a draft is for.
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

/// Whether the draft holds no column.
pub(crate) fn is_empty(draft: &dyn Columns) -> bool {
    entries(draft).all(|(_, pending)| matches!(pending, Pending::Keep)) && draft.collections().is_empty()
}

/// The body of the derived `Debug`: only what the draft does.
#[doc(hidden)]
pub fn debug(draft: &dyn Columns, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(draft.plan().name);
    for (attribute, pending) in entries(draft).filter(|(_, pending)| !matches!(pending, Pending::Keep)) {
        shown.field(attribute.logical_name, &pending);
    }
    for collection in draft.collections() {
        shown.field(collection.navigation, &collection.records);
    }
    shown.finish()
}

/// The body of the derived `PartialEq`: the same columns with the same values.
#[doc(hidden)]
pub fn equal(a: &dyn Columns, b: &dyn Columns) -> bool {
    entries(a).map(|(_, pending)| pending).eq(entries(b).map(|(_, pending)| pending))
        && a.collections() == b.collections()
}
