//! What happens together or not at all.

use core::fmt;
use core::ops::Deref;
use std::sync::Arc;

use super::super::Operation;
use super::Batch;
use super::item::{Item, Part, Place};
use crate::Id;
use crate::record_ref::{Address, ContentId, RecordRef};

/// Messages of a batch that are carried out together or not at all. They write; reading has no place in a change set.
#[derive(Debug)]
pub struct ChangeSet<'b> {
    batch: &'b mut Batch,
}

impl<'b> ChangeSet<'b> {
    pub(super) fn new(batch: &'b mut Batch) -> Self {
        Self { batch }
    }

    /// Adds a message, and gives the handle for its answer and for the record it creates.
    pub fn add<O: Operation + Send + Sync + 'static>(&mut self, operation: O) -> ChangePart<O> {
        let operation = Arc::new(operation);
        self.batch.requests += 1;
        let (token, number) = (self.batch.token, self.batch.requests);
        let item = self.batch.items.len().saturating_sub(1);
        let mut part = 0;
        if let Some(Item::ChangeSet(parts)) = self.batch.items.last_mut() {
            part = parts.len();
            parts.push((number, operation.clone()));
        }
        let content = content_id(token, item, number);
        ChangePart { part: Part::new(operation, Place { batch: token, item, part }), content }
    }
}

/// Change sets are told apart by their place in the batch.
pub(super) fn content_id(batch: u64, item: usize, number: u32) -> ContentId {
    ContentId { batch, change_set: u32::try_from(item).unwrap_or(u32::MAX), number }
}

/// A handle to a message in a change set. It derefs to [`Part`], which takes it to the answer.
pub struct ChangePart<O> {
    part: Part<O>,
    content: ContentId,
}

impl<O> ChangePart<O> {
    /// The record that the message creates, for later messages of the same change set: lookups can be set to it, and it can
    /// be updated, before it has an id. On the wire it is the content-id, such as `$1`.
    pub fn record<T>(&self) -> RecordRef<T>
    where
        O: Operation<Output = Id<T>>,
    {
        RecordRef::new(Address::Content(self.content))
    }
}

impl<O> Deref for ChangePart<O> {
    type Target = Part<O>;

    fn deref(&self) -> &Part<O> {
        &self.part
    }
}

impl<O> Clone for ChangePart<O> {
    fn clone(&self) -> Self {
        Self { part: self.part.clone(), content: self.content }
    }
}

impl<O> fmt::Debug for ChangePart<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangePart(${})", self.content.number)
    }
}
