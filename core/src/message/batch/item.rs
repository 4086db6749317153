//! What a batch holds, and the handles to it.

use core::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use crate::message::http::{Error, Organization, RequestOptions};
use crate::message::message::Message;

/// A message of which only the request is of interest.
pub(super) trait Requested: Send + Sync {
    fn message_name(&self) -> &'static str;
    fn is_idempotent(&self) -> bool;
    fn request(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error>;
}

impl<M: Message + Send + Sync> Requested for M {
    fn message_name(&self) -> &'static str {
        Message::message_name(self)
    }

    fn is_idempotent(&self) -> bool {
        Message::is_idempotent(self)
    }

    fn request(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        Message::request_with(self, org, options)
    }
}

/// A request, or several that belong together.
pub(super) enum Item {
    Single(Arc<dyn Requested>),
    /// Requests with their content-ids.
    ChangeSet(Vec<(u32, Arc<dyn Requested>)>),
}

impl Item {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Single(_) => 1,
            Self::ChangeSet(parts) => parts.len(),
        }
    }

    pub(super) fn is_idempotent(&self) -> bool {
        match self {
            Self::Single(message) => message.is_idempotent(),
            Self::ChangeSet(parts) => parts.iter().all(|(_, message)| message.is_idempotent()),
        }
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(message) => f.write_str(message.message_name()),
            Self::ChangeSet(parts) => {
                f.debug_list().entries(parts.iter().map(|(_, each)| each.message_name())).finish()
            }
        }
    }
}

/// The position of a request in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartIndex {
    pub(super) batch: u64,
    pub(super) item: usize,
    pub(super) part: usize,
}

/// A handle to a message in a batch: pass it to [`BatchReply::get`](super::BatchReply::get) to read
/// this message's answer.
pub struct Part<M> {
    message: Arc<M>,
    index: PartIndex,
}

impl<M> Part<M> {
    pub(super) fn new(message: Arc<M>, index: PartIndex) -> Self {
        Self { message, index }
    }

    pub(super) fn message(&self) -> &M {
        &self.message
    }

    pub(super) fn index(&self) -> PartIndex {
        self.index
    }
}

impl<M> Clone for Part<M> {
    fn clone(&self) -> Self {
        Self { message: self.message.clone(), index: self.index }
    }
}

impl<M> fmt::Debug for Part<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({}.{})", self.index.item, self.index.part)
    }
}
