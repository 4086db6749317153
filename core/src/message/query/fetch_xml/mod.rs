//! FetchXML: `GET /set?fetchXml=…`.

mod builder;
mod outputs;
mod request;
mod rows;
mod text;

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Request, Response};

use crate::message::http::{Annotations, Error, Organization, RequestOptions};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::record::{DataverseRow, FromRow, Row};
use crate::{Entity, Page, Projection, Record};
use outputs::ReadBy;
use request::FetchRequest;

pub use builder::{DateGrouping, Fetch, Link, LinkType};
pub use rows::FetchRows;

/// Reads the records that a FetchXML query finds as `P`.
///
/// The query is the caller's own text. The request is an error unless the text is XML, its entity is the
/// table of `P`, and it asks for a column of `P` without an alias. Read aliases, aggregates and columns of
/// linked tables as [`rows`](Self::rows).
///
/// Escape text for XML before you put it into the query. [`Fetch`] builds queries from typed columns, and
/// escapes.
///
/// If the URL would have more than 32,768 characters, the message sends the query in a `$batch`, where a URL
/// can have 65,536 characters.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// #[derive(DataverseEntity)]
/// #[entity(of = SessionEvent)]
/// struct EventName {
///     #[attr(logical = "msdyn_name")]
///     name: Option<String>,
/// }
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let names = EventName::fetch_xml(
///     "<fetch distinct='true'><entity name='msdyn_sessionevent'><attribute name='msdyn_name'/></entity></fetch>",
/// );
/// assert_eq!(names.request(&org)?.method(), "GET");
///
/// // Under an alias, no field would ever have a value.
/// let aliased = EventName::fetch_xml(
///     "<fetch><entity name='msdyn_sessionevent'><attribute name='msdyn_name' alias='n'/></entity></fetch>",
/// );
/// assert!(aliased.request(&org).unwrap_err().to_string().contains("`EventName` reads none of that"));
/// assert!(aliased.rows().request(&org).is_ok());
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct FetchXml<P> {
    fetch: FetchRequest,
    projection: PhantomData<fn() -> P>,
}

message_type!(FetchXml<P> where [] { fetch; skip projection });

impl<P: Projection> FetchXml<P> {
    /// Creates a message of the text of a FetchXML query.
    pub fn new(query: impl Into<String>) -> Self {
        Self::from_text(Ok(query.into()))
    }

    fn from_text(query: Result<String, String>) -> Self {
        let fetch = FetchRequest::new(P::Table::METADATA, query).read_by(ReadBy::Plan(P::PLAN));
        Self { fetch, projection: PhantomData }
    }

    /// Reads the rows by the names of their columns, which may be aliases, aggregates and columns of linked
    /// tables.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let count = SessionEvent::fetch_xml(
    ///     "<fetch aggregate='true'><entity name='msdyn_sessionevent'>
    ///        <attribute name='msdyn_name' alias='names' aggregate='countcolumn' distinct='true'/>
    ///      </entity></fetch>",
    /// )
    /// .rows();
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert_eq!(count.request(&org)?.uri().path(), "/api/data/v9.2/msdyn_sessionevents");
    ///
    /// let response = http::Response::new(br#"{"value":[{"names":3}]}"#.as_slice().into());
    /// let page = count.response(response)?;
    /// assert_eq!(page.rows[0].get::<i64>("names")?, Some(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows(self) -> FetchRows<Row> {
        FetchRows::new(self.fetch)
    }

    /// Reads the rows as a struct that derives [`DataverseRow`](trait@DataverseRow).
    pub fn rows_as<R: DataverseRow>(self) -> FetchRows<R> {
        FetchRows::new(self.fetch)
    }

    /// Asks for annotations in addition to those that paging needs.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.fetch.annotations(annotations);
        self
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Message for FetchXml<P> {
    type Output = Page<P>;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.request_with(org, &RequestOptions::new())
    }

    fn request_with(&self, org: &Organization, options: &RequestOptions) -> Result<Request<Bytes>, Error> {
        self.fetch.request_with(org, options)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Page<P>, Error> {
        self.fetch.reply(response)?.page()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Paged for FetchXml<P> {
    type Item = Record<P>;

    fn next_page(&self, page: &Page<P>) -> Option<Self> {
        let fetch = self.fetch.next(&page.info, page.records.is_empty())?;
        Some(Self { fetch, projection: PhantomData })
    }

    fn items(page: Page<P>) -> Vec<Record<P>> {
        page.records
    }
}
