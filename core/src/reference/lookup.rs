//! A lookup that was read.

use core::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::target::LookupTarget;
use crate::Id;

/// A lookup that was read: the record it points to, and that record's name if the response had it.
pub struct Lookup<T: LookupTarget> {
    key: T::Key,
    name: Option<Arc<str>>,
}

impl<T: LookupTarget> Lookup<T> {
    /// A lookup that points to this record.
    pub fn new(key: impl Into<T::Key>) -> Self {
        Self { key: key.into(), name: None }
    }

    pub(crate) fn named(key: T::Key, name: Option<Arc<str>>) -> Self {
        Self { key, name }
    }

    /// The record: an [`Id`], or the enum of a polymorphic lookup.
    pub fn key(&self) -> &T::Key {
        &self.key
    }

    /// The GUID of the record.
    pub fn uuid(&self) -> Uuid {
        T::reference(&self.key).id
    }

    /// Logical name of the record's table; `None` where a polymorphic lookup was read without annotations.
    pub fn table(&self) -> Option<&str> {
        T::reference(&self.key).table
    }

    /// The display name of the record, where the response had it (`Prefer: odata.include-annotations`).
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl<T: LookupTarget<Key = Id<T>>> Lookup<T> {
    /// The id of the record.
    pub fn id(&self) -> Id<T> {
        self.key
    }
}

impl<T: LookupTarget> Clone for Lookup<T> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), name: self.name.clone() }
    }
}

impl<T: LookupTarget> PartialEq for Lookup<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.name == other.name
    }
}

impl<T: LookupTarget<Key: Eq>> Eq for Lookup<T> {}

impl<T: LookupTarget<Key: core::hash::Hash>> core::hash::Hash for Lookup<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
        self.name.hash(state);
    }
}

impl<T: LookupTarget> fmt::Debug for Lookup<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup").field("key", &self.key).field("name", &self.name).finish()
    }
}
