//! FetchXML read as rows: by name, or as a struct that derives `DataverseRow`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Request, Response};

use super::outputs::ReadBy;
use super::request::FetchRequest;
use crate::message::http::{Annotations, Error, Organization, RequestOptions};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::record::{DataverseRow, Row, RowPage};

/// Reads the rows that a FetchXML query finds: by name as [`Row`], or as a struct that derives
/// [`DataverseRow`](trait@DataverseRow).
///
/// The methods `rows` and `rows_as` of [`FetchXml`](super::FetchXml) and [`Fetch`](super::Fetch) make it. The
/// answer also holds formatted values, and the tables that lookups point to.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// #[derive(DataverseRow)]
/// struct EventsOfOwner {
///     #[row(alias = "owner.fullname")]
///     owner: Option<String>,
///     #[row(alias = "msdyn_name")]
///     event: Option<String>,
/// }
///
/// let query = SessionEvent::fetch_xml(
///     "<fetch>
///        <entity name='msdyn_sessionevent'>
///          <attribute name='msdyn_name'/>
///          <link-entity name='systemuser' from='systemuserid' to='owninguser' alias='owner'>
///            <attribute name='fullname'/>
///          </link-entity>
///        </entity>
///      </fetch>",
/// );
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let rows = query.rows_as::<EventsOfOwner>();
/// assert!(rows.request(&org)?.uri().query().unwrap().starts_with("fetchXml=%3Cfetch%3E"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct FetchRows<R = Row> {
    fetch: FetchRequest,
    row: PhantomData<fn() -> R>,
}

message_type!(FetchRows<R> where [] { fetch; skip row });

impl<R: DataverseRow> FetchRows<R> {
    pub(super) fn new(fetch: FetchRequest) -> Self {
        Self { fetch: fetch.read_by(ReadBy::Names(R::COLUMNS)), row: PhantomData }
    }

    /// Asks for annotations in addition to those that paging and reading need.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.fetch.annotations(annotations);
        self
    }
}

#[diagnostic::do_not_recommend]
impl<R: DataverseRow> Message for FetchRows<R> {
    type Output = RowPage<R>;

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

    fn response(&self, response: Response<Bytes>) -> Result<RowPage<R>, Error> {
        let reply = self.fetch.reply(response)?;
        let page = self.fetch.rows(&reply)?;
        reply.rows_as(page)
    }
}

#[diagnostic::do_not_recommend]
impl<R: DataverseRow> Paged for FetchRows<R> {
    type Item = R;

    fn next_page(&self, page: &RowPage<R>) -> Option<Self> {
        let fetch = self.fetch.next(&page.info, page.rows.is_empty())?;
        Some(Self { fetch, row: PhantomData })
    }

    fn items(page: RowPage<R>) -> Vec<R> {
        page.rows
    }
}
