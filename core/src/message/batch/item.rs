//! What a batch holds, and the handles to it.

use core::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use super::super::Operation;
use super::super::error::Error;
use super::super::organization::Organization;

/// An operation of which only the request is of interest.
pub(super) trait Requested: Send + Sync {
    fn message(&self) -> &'static str;
    fn is_repeatable(&self) -> bool;
    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error>;
}

impl<O: Operation + Send + Sync> Requested for O {
    fn message(&self) -> &'static str {
        Operation::message(self)
    }

    fn is_repeatable(&self) -> bool {
        Operation::is_repeatable(self)
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        Operation::request(self, org)
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

    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::Single(operation) => operation.is_repeatable(),
            Self::ChangeSet(parts) => parts.iter().all(|(_, operation)| operation.is_repeatable()),
        }
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(operation) => f.write_str(operation.message()),
            Self::ChangeSet(parts) => {
                f.debug_list().entries(parts.iter().map(|(_, each)| each.message())).finish()
            }
        }
    }
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) batch: u64,
    pub(super) item: usize,
    pub(super) part: usize,
}

/// A handle to a message in a batch: with it, the answer is had from the [`BatchReply`](super::BatchReply).
pub struct Part<O> {
    operation: Arc<O>,
    place: Place,
}

impl<O> Part<O> {
    pub(super) fn new(operation: Arc<O>, place: Place) -> Self {
        Self { operation, place }
    }

    pub(super) fn operation(&self) -> &O {
        &self.operation
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }
}

impl<O> Clone for Part<O> {
    fn clone(&self) -> Self {
        Self { operation: self.operation.clone(), place: self.place }
    }
}

impl<O> fmt::Debug for Part<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({}.{})", self.place.item, self.place.part)
    }
}
