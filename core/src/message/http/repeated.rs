//! The mark of an answer to a request that was sent more than once.

use bytes::Bytes;
use http::Response;

/// Marks the answer to a request that was sent again although an earlier attempt may have been carried out.
///
/// A client puts the mark into the answer's extensions, and messages read it: with the mark, a deletion that
/// finds no record has succeeded.
///
/// ```
/// use dataverse_entity::bytes::Bytes;
/// use dataverse_entity::http::{Response, StatusCode};
/// use dataverse_entity::message::Repeated;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let event: Id<SessionEvent> = Id::new(dataverse_entity::Uuid::from_u128(7));
/// let delete = SessionEvent::delete(event);
/// let mut gone = Response::new(Bytes::new());
/// *gone.status_mut() = StatusCode::NOT_FOUND;
/// assert!(delete.response(gone.clone()).is_err());
/// Repeated::mark(&mut gone);
/// assert!(delete.response(gone).is_ok());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Repeated;

impl Repeated {
    /// Marks an answer.
    pub fn mark(response: &mut Response<Bytes>) {
        response.extensions_mut().insert(Self);
    }

    /// Returns whether an answer is marked.
    pub fn is_marked(response: &Response<Bytes>) -> bool {
        response.extensions().get::<Self>().is_some()
    }
}
