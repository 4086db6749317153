//! What happens together or not at all.

use core::fmt;
use std::sync::Arc;

use super::batch::Batch;
use super::item::{AsPart, Item, Part, PartIndex};
use crate::Id;
use crate::message::message::Changing;
use crate::reference::{Address, ContentId, RecordRef};

/// Messages of a batch that are carried out together or not at all. Each is a [`WriteMessage`](crate::message::WriteMessage): a change set holds no message
/// that reads.
#[derive(Debug)]
pub struct ChangeSet<'b> {
    batch: &'b mut Batch,
}

impl Batch {
    /// Adds a change set: what is added to it happens together or not at all.
    pub fn change_set(&mut self) -> ChangeSet<'_> {
        self.items.push(Item::ChangeSet(Vec::new()));
        ChangeSet { batch: self }
    }
}

impl ChangeSet<'_> {
    /// Adds a message, and gives the handle for its answer and for the record it creates.
    pub fn add<M: Changing + Send + Sync + 'static>(&mut self, message: M) -> ChangePart<M::Output> {
        let message = Arc::new(message);
        self.batch.requests += 1;
        let (token, number) = (self.batch.token, self.batch.requests);
        let item = self.batch.items.len().saturating_sub(1);
        let mut part = 0;
        if let Some(Item::ChangeSet(parts)) = self.batch.items.last_mut() {
            part = parts.len();
            parts.push((number, message.clone()));
        }
        let content = content_id(token, item, number);
        ChangePart { part: Part::new(message, PartIndex { batch: token, item, part }), content }
    }
}

/// Change sets are told apart by their index in the batch.
pub(super) fn content_id(batch: u64, item: usize, number: u32) -> ContentId {
    ContentId { batch, change_set: u32::try_from(item).unwrap_or(u32::MAX), number }
}

/// A handle to a message in a change set, whose answer is a `T`. [`part`](Self::part) is the handle for the answer.
pub struct ChangePart<T> {
    part: Part<T>,
    content: ContentId,
}

impl<T> ChangePart<T> {
    /// Returns the handle for the answer. [`BatchReply::get`](super::BatchReply::get) takes either.
    pub fn part(&self) -> &Part<T> {
        &self.part
    }
}

impl<T> ChangePart<Id<T>> {
    /// The record that the message creates, for later messages of the same change set: lookups can be set to it, and it can
    /// be updated, before it has an id. On the wire it is the content-id, such as `$1`.
    pub fn record(&self) -> RecordRef<T> {
        RecordRef::new(Address::Content(self.content))
    }
}

impl<T> super::item::sealed::Sealed for ChangePart<T> {}

impl<T> AsPart for ChangePart<T> {
    type Output = T;

    fn as_part(&self) -> &Part<T> {
        &self.part
    }
}

impl<T> Clone for ChangePart<T> {
    fn clone(&self) -> Self {
        Self { part: self.part.clone(), content: self.content }
    }
}

impl<T> fmt::Debug for ChangePart<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangePart(${})", self.content.number)
    }
}
