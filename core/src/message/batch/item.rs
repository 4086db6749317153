//! The items of a batch, and the handles to its messages.

use core::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use crate::message::http::{Error, Organization, RequestBuilder, RequestOptions};
use crate::message::message::Message;

/// A message whose output type does not matter, so that a batch can hold messages of different types.
pub(super) trait Requested: Send + Sync {
    fn message_name(&self) -> &'static str;
    fn is_idempotent(&self) -> bool;
    /// Returns whether the answer is known. Such a message is not sent.
    fn is_known(&self) -> bool;
    fn request(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error>;
    /// Returns the request before it is built, if the message has one.
    fn unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>>;
}

impl<M: Message + Send + Sync> Requested for M {
    fn message_name(&self) -> &'static str {
        Message::message_name(self)
    }

    fn is_idempotent(&self) -> bool {
        Message::is_idempotent(self)
    }

    fn is_known(&self) -> bool {
        Message::known_answer(self).is_some()
    }

    fn request(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        Message::request_with(self, org, options)
    }

    fn unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        Message::__unbuilt(self, org)
    }
}

/// A request, or a change set.
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

    /// Returns the number of requests that are sent. Those with a known answer are not.
    pub(super) fn sent(&self) -> usize {
        match self {
            Self::Single(message) => usize::from(!message.is_known()),
            Self::ChangeSet(parts) => parts.iter().filter(|(_, message)| !message.is_known()).count(),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PartIndex {
    pub(super) batch: u64,
    pub(super) item: usize,
    pub(super) part: usize,
}

/// A handle to a message in a batch, whose answer is a `T`. Pass it to
/// [`BatchReply::get`](super::BatchReply::get) to read the answer.
///
/// ```
/// use dataverse_entity::Id;
/// use dataverse_entity::message::Part;
/// use dataverse_entity::tables::SessionEvent;
///
/// struct Pending {
///     created: Vec<Part<Id<SessionEvent>>>,
///     deleted: Vec<Part<()>>,
/// }
/// ```
pub struct Part<T> {
    message: Arc<dyn Message<Output = T> + Send + Sync>,
    index: PartIndex,
}

/// A handle to a message in a batch: a [`Part`], or a [`ChangePart`](super::ChangePart) of a change set. No
/// other type implements it.
pub trait AsPart: sealed::Sealed {
    /// The type of the value that the answer holds.
    type Output;

    /// Returns the handle.
    fn as_part(&self) -> &Part<Self::Output>;
}

pub(super) mod sealed {
    pub trait Sealed {}

    impl<T> Sealed for super::Part<T> {}
}

impl<T> AsPart for Part<T> {
    type Output = T;

    fn as_part(&self) -> &Self {
        self
    }
}

impl<T> Part<T> {
    pub(super) fn new(message: Arc<dyn Message<Output = T> + Send + Sync>, index: PartIndex) -> Self {
        Self { message, index }
    }

    pub(super) fn message(&self) -> &dyn Message<Output = T> {
        &*self.message
    }

    pub(super) fn index(&self) -> PartIndex {
        self.index
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        Self { message: self.message.clone(), index: self.index }
    }
}

/// Handles are equal if they are for the same message of the same batch.
impl<T> PartialEq for Part<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Part<T> {}

impl<T> core::hash::Hash for Part<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({}.{})", self.index.item, self.index.part)
    }
}
