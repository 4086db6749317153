//! The request of a FetchXML query, without the type of its rows, and that of the next page.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, Request, Response};

use super::super::trail::Trail;
use super::outputs::ReadBy;
use super::text::{NextPage, cookie_of, paged_text, root_attribute};
use crate::PageInfo;
use crate::encode::EncodeError;
use crate::message::batch::{Batch, Part};
use crate::message::http::{
    Annotations, Error, MAX_URL_LENGTH, Organization, Preferences, Reply, RequestBuilder, RequestOptions,
    follow,
};
use crate::message::message::Message;
use crate::metadata::EntityMetadata;
use crate::record::{RowPage, check_columns};

/// Maximum number of consecutive pages that have no rows and no cookie, but say that more follow.
const MAX_EMPTY_PAGES: u32 = 100;

/// A FetchXML query, and the page to request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FetchRequest {
    table: &'static EntityMetadata,
    /// The text, or why it cannot be written.
    query: Result<String, String>,
    read_by: ReadBy,
    preferences: Preferences,
    position: Position,
    trail: Trail,
    empty_pages: u32,
}

/// The annotations needed to read rows. Paging needs the first two.
const FOR_ROWS: [&str; 4] = [
    "Microsoft.Dynamics.CRM.fetchxmlpagingcookie",
    "Microsoft.Dynamics.CRM.morerecords",
    "Microsoft.Dynamics.CRM.lookuplogicalname",
    "OData.Community.Display.V1.FormattedValue",
];
const FOR_PAGES: usize = 2;

/// The page to ask for.
#[derive(Debug, Clone, PartialEq)]
enum Position {
    First,
    Page(NextPage),
    /// The page at a link from the server.
    Link(String),
}

impl FetchRequest {
    pub(super) fn new(table: &'static EntityMetadata, query: Result<String, String>) -> Self {
        let preferences =
            Preferences { needed_annotations: &FOR_ROWS[..FOR_PAGES], ..Preferences::default() };
        let (position, trail) = (Position::First, Trail::default());
        let read_by = ReadBy::Names(&[]);
        Self { table, query, read_by, preferences, position, trail, empty_pages: 0 }
    }

    /// Sets the reader of the rows, and the annotations that it needs.
    pub(super) fn read_by(mut self, read_by: ReadBy) -> Self {
        match read_by {
            ReadBy::Plan(plan) => self.preferences = self.preferences.reading(plan),
            ReadBy::Names(_) => self.preferences.needed_annotations = &FOR_ROWS,
        }
        self.read_by = read_by;
        self
    }

    pub(super) fn annotations(&mut self, annotations: Annotations) {
        self.preferences.annotations = Some(annotations);
    }

    /// Returns the request with options. In a batch, the options also reach the part.
    pub(super) fn request_with(
        &self,
        org: &Organization,
        options: &RequestOptions,
    ) -> Result<Request<Bytes>, Error> {
        match self.single(org)? {
            Some(mut request) => {
                options.apply(&mut request)?;
                Ok(request)
            }
            None => self.in_batch().0.request_with(org, options),
        }
    }

    /// Returns the request by itself, or `None` if its URL is too long.
    fn single(&self, org: &Organization) -> Result<Option<Request<Bytes>>, Error> {
        self.trail.check()?;
        if self.empty_pages > MAX_EMPTY_PAGES {
            return Err(Error::unreadable(
                http::StatusCode::OK,
                format!(
                    "the server says that more rows follow, but sent {MAX_EMPTY_PAGES} pages in a row without rows and \
                     without a paging cookie"
                ),
            ));
        }
        let next = match &self.position {
            Position::Link(link) => return follow(org, link, self.preferences.clone()).map(Some),
            Position::First => None,
            Position::Page(next) => Some(next),
        };
        let text = self.text(next).map_err(|problem| {
            let problem = format!("the FetchXML query cannot be sent: {problem}");
            EncodeError::new(self.table.logical_name, None, problem)
        })?;
        let request = RequestBuilder::new(org, Method::GET, self.table.entity_set_name)
            .encoded_option("fetchXml", &text)
            .prefer(Preferences { is_limited: self.is_limited(), ..self.preferences.clone() });
        if !request.is_too_long() {
            return request.build().map(Some);
        }
        if org.is_in_batch() {
            return Err(Error::invalid_request(format!(
                "the FetchXML query is too long, even for a batch: its URL would have more than {} characters, after \
                 percent-encoding; leave out columns, or send long lists of values in several queries",
                2 * MAX_URL_LENGTH
            )));
        }
        Ok(None)
    }

    /// Returns a batch of this request alone, where its URL may be twice as long.
    fn in_batch(&self) -> (Batch, Part<Response<Bytes>>) {
        let mut batch = Batch::new();
        let part = batch.add(self.clone());
        (batch, part)
    }

    fn text(&self, next: Option<&NextPage>) -> Result<String, String> {
        let query = self.query.as_ref().map_err(Clone::clone)?;
        let text = paged_text(query, self.table.logical_name, next)?;
        self.read_by.check(query, self.table.primary_id_attribute)?;
        Ok(text)
    }

    /// Returns the answer, taken from the batch if there was one.
    pub(super) fn reply(&self, response: Response<Bytes>) -> Result<Reply, Error> {
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_batch = content_type
            .and_then(|content_type| content_type.get(..10))
            .is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
        if !is_batch {
            return Reply::accepted(response);
        }
        let (batch, part) = self.in_batch();
        Reply::accepted(batch.response(response)?.get(&part)?)
    }

    /// Reads the rows of an answer.
    pub(super) fn rows(&self, reply: &Reply) -> Result<RowPage, Error> {
        let page = reply.rows()?;
        if let (ReadBy::Names(columns), Ok(query)) = (self.read_by, &self.query)
            && self.read_by.is_checked_in_answer(query)
        {
            check_columns(&page.rows, columns).map_err(|error| Error::decode(reply.status(), error))?;
        }
        Ok(page)
    }

    /// Returns the request for the next page, or `None` if the server says that no page follows.
    ///
    /// `morerecords` decides. A cookie only makes the next page faster: rows sorted by a column of a linked
    /// table have none, and the page number is enough.
    /// [Paging](https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/page-results)
    pub(super) fn next(&self, info: &PageInfo, is_empty: bool) -> Option<Self> {
        if info.more_records == Some(false) || self.root_attribute("top").is_some() {
            return None;
        }
        let annotation = info.fetch_xml_paging_cookie.as_deref().filter(|text| !text.trim().is_empty());
        if info.more_records.is_none() && annotation.is_none() {
            let link = info.next_link.clone()?;
            let trail = self.trail.followed(&link);
            return Some(Self { position: Position::Link(link), trail, ..self.clone() });
        }
        // A cookie names the last row, but does not say whether others follow.
        if info.more_records.is_none() && is_empty {
            return None;
        }
        let (number, cookie) =
            annotation.and_then(cookie_of).map_or((None, None), |(number, cookie)| (number, Some(cookie)));
        let current = self.page();
        let number = number.filter(|number| *number > current).unwrap_or(current.saturating_add(1));
        let trail =
            cookie.as_deref().map_or_else(|| self.trail.clone(), |cookie| self.trail.followed(cookie));
        let empty_pages = if is_empty && cookie.is_none() { self.empty_pages + 1 } else { 0 };
        let position = Position::Page(NextPage { number, cookie });
        Some(Self { position, trail, empty_pages, ..self.clone() })
    }

    /// Returns whether the query sets its number of rows, so that options must not add a page size.
    fn is_limited(&self) -> bool {
        self.root_attribute("top").is_some() || self.root_attribute("count").is_some()
    }

    fn root_attribute(&self, name: &str) -> Option<String> {
        root_attribute(self.query.as_ref().ok()?, name)
    }

    /// Returns the number of the page to request.
    fn page(&self) -> u32 {
        match &self.position {
            Position::Page(next) => next.number,
            _ => self.root_attribute("page").and_then(|page| page.trim().parse().ok()).unwrap_or(1),
        }
    }
}

/// The part of the batch in which a long query is sent.
#[diagnostic::do_not_recommend]
impl Message for FetchRequest {
    type Output = Response<Bytes>;

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
        Self::request_with(self, org, options)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Response<Bytes>, Error> {
        Ok(response)
    }
}
