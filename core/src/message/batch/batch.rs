//! The messages of a batch.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::item::{Item, Part, PartIndex};
use crate::message::message::Sendable;

/// Maximum number of requests in a batch. Each request of a change set counts.
pub(super) const MAX_REQUESTS: usize = 1000;

/// Number of the next batch. The number tells batches apart, so that a handle is valid for one batch only.
static NEXT_BATCH: AtomicU64 = AtomicU64::new(1);

/// Messages that are sent in one request and carried out in order.
///
/// A message whose answer is [known](crate::message::Message::known_answer), such as an update without
/// columns, is not sent. Neither is a batch of only such messages.
///
/// ```
/// use dataverse_entity::message::{Batch, Message, Organization};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// let mut batch = Batch::new();
/// let mut together = batch.change_set();
/// let session = together.add(OcSession::create().subject("Chat"));
/// let event = together.add(SessionEvent::create().name("Accepted").session(session.record()));
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// let request = batch.request(&org).unwrap();
/// let body = str::from_utf8(request.body()).unwrap();
/// assert!(body.contains(r#"{"msdyn_name":"Accepted","msdyn_omnichannelsession@odata.bind":"$1"}"#));
/// ```
#[derive(Debug)]
#[must_use = "a message does nothing until it is sent"]
pub struct Batch {
    pub(super) token: u64,
    /// Index of the first item in the batch before the split.
    pub(super) first: usize,
    pub(super) items: Vec<Item>,
    pub(super) requests: u32,
    pub(super) continue_on_error: bool,
}

impl Batch {
    /// Creates a batch without messages.
    pub fn new() -> Self {
        let token = NEXT_BATCH.fetch_add(1, Ordering::Relaxed);
        Self { token, first: 0, items: Vec::new(), requests: 0, continue_on_error: false }
    }

    /// Sets whether Dataverse continues after a failed message. By default, it does not carry out the
    /// messages after the first failure.
    ///
    /// ```
    /// use dataverse_entity::message::Batch;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let mut batch = Batch::new().continue_on_error(true);
    /// batch.add(SessionEvent::create().name("Accepted"));
    /// assert_eq!(batch.request(&org)?.headers()["prefer"], "odata.continue-on-error");
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn continue_on_error(mut self, on: bool) -> Self {
        self.continue_on_error = on;
        self
    }

    /// Returns whether Dataverse continues after a failed message.
    pub fn continues_on_error(&self) -> bool {
        self.continue_on_error
    }

    /// Adds a message, and returns the handle for its answer.
    ///
    /// ```
    /// use dataverse_entity::message::{Batch, Part};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let mut batch = Batch::new();
    /// let created: Part<Id<SessionEvent>> = batch.add(SessionEvent::create().name("Accepted"));
    /// let counted: Part<u64> = batch.add(SessionEvent::count());
    /// assert_eq!(batch.len(), 2);
    /// ```
    pub fn add<M: Sendable + Send + Sync + 'static>(&mut self, message: M) -> Part<M::Output> {
        let message = Arc::new(message);
        let index = PartIndex { batch: self.token, item: self.items.len(), part: 0 };
        self.requests += 1;
        self.items.push(Item::Single(message.clone()));
        Part::new(message, index)
    }

    /// Returns the number of requests. Each request of a change set counts.
    pub fn len(&self) -> usize {
        self.items.iter().map(Item::len).sum()
    }

    /// Returns whether the batch has no requests.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Splits the batch into batches of at most 1,000 requests, which is Dataverse's limit. A change set stays
    /// whole, even if it alone has more requests.
    ///
    /// The handles stay valid: join the replies with [`BatchReply::join`](super::BatchReply::join). A
    /// client's `execute_batch` does both.
    ///
    /// ```
    /// use dataverse_entity::message::Batch;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let mut batch = Batch::new();
    /// for number in 0..1_200 {
    ///     batch.add(SessionEvent::create().name(format!("Event {number}")));
    /// }
    /// let lengths: Vec<_> = batch.split().iter().map(Batch::len).collect();
    /// assert_eq!(lengths, [1_000, 200]);
    /// ```
    pub fn split(self) -> Vec<Self> {
        let (token, continue_on_error) = (self.token, self.continue_on_error);
        let batch = |first| Self { token, first, items: Vec::new(), requests: 0, continue_on_error };
        let mut batches = vec![batch(0)];
        for (index, item) in self.items.into_iter().enumerate() {
            let is_full =
                batches.last().is_some_and(|last| !last.is_empty() && last.len() + item.len() > MAX_REQUESTS);
            if is_full {
                batches.push(batch(index));
            }
            if let Some(last) = batches.last_mut() {
                last.items.push(item);
            }
        }
        batches
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}
