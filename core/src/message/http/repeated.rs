//! What is known of an answer to a request that was sent more than once.

use bytes::Bytes;
use http::Response;

/// Marks the answer to a request that was sent again although an earlier attempt may have been carried out. The mark is in the
/// answer's extensions; a client puts it there, and messages read it: a deletion that then finds no record has succeeded.
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
