//! Several messages in one request: `POST /$batch`.
//!
//! A [`Batch`] takes messages and gives a handle for each; with the handle, the answer to the message is had from the
//! [`BatchReply`], in the message's own type. What is to happen together or not at all goes into a [`ChangeSet`], where
//! a record can be named before it has an id.

mod change_set;
mod item;
mod multipart;
mod reply;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::{Request, Response};

pub use change_set::{ChangePart, ChangeSet};
pub use item::Part;
use item::{Item, PartIndex};

use crate::message::http::{Error, Organization};
use crate::message::message::Message;
pub use reply::BatchReply;

/// Most requests of a batch, those of change sets counted one by one.
const MAX_REQUESTS: usize = 1000;

/// Tells batches apart, so that a handle of one is not taken for a handle of another. It never leaves the process.
static NEXT_BATCH: AtomicU64 = AtomicU64::new(1);

/// Messages that are sent in one request, and carried out in this order.
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
    token: u64,
    /// Index of the first item among those of the batch that this is a part of.
    first: usize,
    items: Vec<Item>,
    requests: u32,
    continue_on_error: bool,
}

impl Batch {
    /// No messages yet.
    pub fn new() -> Self {
        let token = NEXT_BATCH.fetch_add(1, Ordering::Relaxed);
        Self { token, first: 0, items: Vec::new(), requests: 0, continue_on_error: false }
    }

    /// Goes on behind a message that fails. Without it, what stands behind is not carried out.
    pub fn continue_on_error(mut self) -> Self {
        self.continue_on_error = true;
        self
    }

    /// Adds a message, and gives the handle for its answer.
    pub fn add<M: Message + Send + Sync + 'static>(&mut self, message: M) -> Part<M> {
        let message = Arc::new(message);
        let index = PartIndex { batch: self.token, item: self.items.len(), part: 0 };
        self.requests += 1;
        self.items.push(Item::Single(message.clone()));
        Part::new(message, index)
    }

    /// Adds a change set: what is added to it happens together or not at all.
    pub fn change_set(&mut self) -> ChangeSet<'_> {
        self.items.push(Item::ChangeSet(Vec::new()));
        ChangeSet::new(self)
    }

    /// How many requests there are, those of change sets counted one by one.
    pub fn len(&self) -> usize {
        self.items.iter().map(Item::len).sum()
    }

    /// Is there no request?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Batches of at most 1,000 requests, which is as many as Dataverse takes. Change sets stay whole. The handles stay good:
    /// put the replies together with [`BatchReply::join`].
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

impl Message for Batch {
    type Output = BatchReply;

    fn message_name(&self) -> &'static str {
        "$batch"
    }

    fn is_idempotent(&self) -> bool {
        self.items.iter().all(Item::is_idempotent)
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let count = self.len();
        if count > MAX_REQUESTS {
            return Err(Error::invalid_request(format!(
                "the batch has {count} requests, Dataverse takes {MAX_REQUESTS}; split it with `Batch::split`"
            )));
        }
        if count == 0 {
            return Err(Error::invalid_request("the batch has no requests"));
        }
        write::request(self, org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<BatchReply, Error> {
        reply::read(self, response)
    }
}
