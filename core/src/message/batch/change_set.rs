//! Change sets: messages that are carried out together or not at all.

use core::fmt;
use std::sync::Arc;

use super::batch::Batch;
use super::item::{AsPart, Item, Part, PartIndex};
use crate::Id;
use crate::message::message::Changing;
use crate::reference::{Address, ContentId, RecordRef};

/// Messages of a batch that are carried out together or not at all.
///
/// A change set takes only messages that write; see [`WriteMessage`](crate::message::WriteMessage).
///
/// ```
/// use dataverse_entity::message::{Batch, ChangeSet};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// fn add_event(together: &mut ChangeSet<'_>, session: Id<OcSession>) {
///     together.add(SessionEvent::create().name("Accepted").session(session));
/// }
///
/// let mut batch = Batch::new();
/// add_event(&mut batch.change_set(), "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?);
/// assert_eq!(batch.len(), 1);
/// # Ok::<(), dataverse_entity::ParseIdError>(())
/// ```
#[derive(Debug)]
pub struct ChangeSet<'b> {
    batch: &'b mut Batch,
}

impl Batch {
    /// Adds a change set. Its messages are carried out together or not at all.
    ///
    /// ```
    /// use dataverse_entity::message::Batch;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let mut batch = Batch::new();
    /// let mut together = batch.change_set();
    /// let event = together.add(SessionEvent::create().name("Accepted"));
    /// together.add(SessionEvent::update(event.record()).name("Closed"));
    /// assert_eq!(batch.len(), 2);
    /// ```
    pub fn change_set(&mut self) -> ChangeSet<'_> {
        self.items.push(Item::ChangeSet(Vec::new()));
        ChangeSet { batch: self }
    }
}

impl ChangeSet<'_> {
    /// Adds a message, and returns the handle for its answer and for the record that it creates.
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

/// Returns the content-id of a request. It names the change set by its index in the batch.
pub(super) fn content_id(batch: u64, item: usize, number: u32) -> ContentId {
    ContentId { batch, change_set: u32::try_from(item).unwrap_or(u32::MAX), number }
}

/// A handle to a message in a change set, whose answer is a `T`. Pass it to
/// [`BatchReply::get`](super::BatchReply::get) to read the answer.
pub struct ChangePart<T> {
    part: Part<T>,
    content: ContentId,
}

impl<T> ChangePart<T> {
    /// Returns the handle for the answer, to keep it with those of other messages.
    /// [`BatchReply::get`](super::BatchReply::get) takes either handle.
    pub fn part(&self) -> &Part<T> {
        &self.part
    }
}

impl<T> ChangePart<Id<T>> {
    /// Returns the record that the message creates, for later messages of the same change set: they can set
    /// lookups to it, or update it, before it has an id. On the wire, it is the content-id, such as `$1`.
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
