//! The columns of a draft, as generated code gives them.

use core::fmt;

use super::nested::Collection;
use crate::column::Pending;
use crate::metadata::{AttributeMetadata, EntityMetadata};
use crate::reference::Address;

/// The columns of a draft, and what is pending for each.
#[doc(hidden)]
pub trait Columns {
    /// Returns what all drafts of the type share.
    fn plan(&self) -> &'static DraftPlan;

    /// Returns what is pending for the column at this index of the metadata.
    fn pending(&self, column: usize) -> Pending<'_>;

    /// Returns what the draft has besides columns. It has no default: the compiler would put a default of each
    /// draft into a unit of its own, and describe all tables there for debuggers.
    fn besides(&self) -> Besides<'_>;
}

impl dyn Columns + '_ {
    /// Returns the record that an update changes.
    pub(crate) fn record(&self) -> Option<&Address> {
        match self.besides() {
            Besides::Record(record) => Some(record),
            Besides::Collections(_) => None,
        }
    }

    /// Returns the collections of related records that a create fills.
    pub(crate) fn collections(&self) -> &[Collection] {
        match self.besides() {
            Besides::Record(_) => &[],
            Besides::Collections(collections) => collections,
        }
    }
}

/// What a draft has besides columns.
#[doc(hidden)]
#[derive(Debug)]
pub enum Besides<'d> {
    /// An update: the record that it changes.
    Record(&'d Address),
    /// A create: the collections of related records that it fills.
    Collections(&'d [Collection]),
}

impl Besides<'_> {
    /// No collections.
    pub const NOTHING: Self = Self::Collections(&[]);
}

/// What all drafts of a type share.
#[doc(hidden)]
#[derive(Debug)]
pub struct DraftPlan {
    /// Name of the type.
    pub name: &'static str,
    /// The table.
    pub table: &'static EntityMetadata,
    /// The message.
    pub kind: DraftKind,
    /// The columns, by their indices in the metadata.
    pub columns: &'static [usize],
}

/// The message of a draft.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftKind {
    /// A create.
    Create,
    /// An update.
    Update,
}

/// Returns the columns of a draft, with what is pending for each.
pub(crate) fn entries(
    draft: &dyn Columns,
) -> impl Iterator<Item = (&'static AttributeMetadata, Pending<'_>)> {
    let attributes = draft.plan().table.attributes;
    draft.plan().columns.iter().map(move |&column| (&attributes[column], draft.pending(column)))
}

/// Returns whether the draft holds no column.
pub(crate) fn is_empty(draft: &dyn Columns) -> bool {
    entries(draft).all(|(_, pending)| matches!(pending, Pending::Keep)) && draft.collections().is_empty()
}

/// Formats the columns that the draft sets or clears. The derived `Debug` calls it.
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

/// Returns whether two drafts of a type change the same record, and hold the same columns with the same values.
/// The derived `PartialEq` calls it.
#[doc(hidden)]
pub fn equal(a: &dyn Columns, b: &dyn Columns) -> bool {
    a.record() == b.record()
        && entries(a).map(|(_, pending)| pending).eq(entries(b).map(|(_, pending)| pending))
        && a.collections() == b.collections()
}
