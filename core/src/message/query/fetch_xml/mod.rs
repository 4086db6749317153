//! FetchXML: `GET /set?fetchXml=…`.

mod request;
mod text;

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Request, Response};

use crate::message::http::{Annotations, Error, Organization, Reply};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::record::FromRow;
use crate::{Entity, Page, Projection, Record};
use request::FetchRequest;

/// Reads the records that a FetchXML query finds as `P`.
///
/// The query is the caller's own text; it is checked to be XML with the table of `P` as its entity, and encoded, no
/// more. Never put text into it that comes from elsewhere without escaping it for XML.
#[must_use = "a message does nothing until it is sent"]
pub struct FetchXml<P> {
    fetch: FetchRequest,
    projection: PhantomData<fn() -> P>,
}

message_type!(FetchXml<P> where [] { fetch; skip projection });

impl<P: Projection> FetchXml<P> {
    /// The records that this query finds.
    pub fn new(query: impl Into<String>) -> Self {
        let mut fetch = FetchRequest::new(P::Table::METADATA, query.into());
        fetch.reads(P::PLAN);
        Self { fetch, projection: PhantomData }
    }

    /// Asks for annotations, beside those that paging needs.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.fetch.annotations(annotations);
        self
    }
}

impl<P: Projection + for<'de> FromRow<'de>> Message for FetchXml<P> {
    type Output = Page<P>;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.fetch.request(org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Page<P>, Error> {
        Reply::accepted(response)?.page()
    }
}

impl<P: Projection + for<'de> FromRow<'de>> Paged for FetchXml<P> {
    type Item = Record<P>;

    fn next(&self, page: &Page<P>) -> Option<Self> {
        let fetch = self.fetch.next(&page.info, page.records.is_empty())?;
        Some(Self { fetch, projection: PhantomData })
    }

    fn items(page: Page<P>) -> Vec<Record<P>> {
        page.records
    }
}
