//! The drafts of a table that no message writes.

use core::fmt;
use core::marker::PhantomData;

use serde_core::{Serialize, Serializer};

use super::body;
use super::columns::{Besides, Columns, DraftPlan, debug};
use super::draft::{CreateDraft, Draft, DraftPurpose, UpdateDraft};
use crate::Entity;
use crate::reference::{IntoRecord, RecordRef};

/// The draft of a table that is declared `read_only`: it has no columns. `K` is [`CreateDraft`] or
/// [`UpdateDraft`].
///
/// `Table::create()` and `Table::update(id)` do not compile for such a table. Generic code can still make one
/// of its drafts. A create then returns an error in place of a request, and an update that changes nothing is
/// not sent.
#[must_use = "a draft does nothing until it is sent"]
pub struct NoDraft<T, K> {
    record: Option<RecordRef<T>>,
    kind: PhantomData<fn() -> K>,
}

impl<T> NoDraft<T, UpdateDraft> {
    /// Returns the update of a record.
    #[doc(hidden)]
    pub fn of(record: impl IntoRecord<T>) -> Self {
        Self { record: Some(record.into_record()), kind: PhantomData }
    }
}

impl<T> Default for NoDraft<T, CreateDraft> {
    fn default() -> Self {
        Self { record: None, kind: PhantomData }
    }
}

impl<T, K> Clone for NoDraft<T, K> {
    fn clone(&self) -> Self {
        Self { record: self.record.clone(), kind: PhantomData }
    }
}

impl<T, K> PartialEq for NoDraft<T, K> {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl<T: Entity, K: DraftPurpose> fmt::Debug for NoDraft<T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl<T: Entity, K: DraftPurpose> Serialize for NoDraft<T, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        body::serialize(self, serializer)
    }
}

impl<T: Entity, K: DraftPurpose> Columns for NoDraft<T, K> {
    fn plan(&self) -> &'static DraftPlan {
        const { &DraftPlan { name: "NoDraft", table: T::METADATA, kind: K::KIND, columns: &[] } }
    }

    fn pending(&self, _: usize) -> crate::column::Pending<'_> {
        crate::column::Pending::Keep
    }

    fn besides(&self) -> Besides<'_> {
        match &self.record {
            Some(record) => Besides::Record(record.address()),
            None => Besides::NOTHING,
        }
    }
}

impl<T: Entity> Draft for NoDraft<T, CreateDraft> {
    type Table = T;
    type Kind = CreateDraft;
}

impl<T: Entity> Draft for NoDraft<T, UpdateDraft> {
    type Table = T;
    type Kind = UpdateDraft;
}
