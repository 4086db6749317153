//! The request of a FetchXML query, whatever its rows are read as, and the way from page to page.

use bytes::Bytes;
use http::{Method, Request};

use super::super::trail::Trail;
use super::text::{NextPage, cookie_of, paged_text, root_attribute};
use crate::PageInfo;
use crate::encode::EncodeError;
use crate::message::http::{Annotations, Error, Organization, Preferences, RequestBuilder, follow};
use crate::metadata::EntityMetadata;
use crate::table::RowPlan;

/// Most pages in a row that have no rows and no cookie, and say all the same that more follow.
const MAX_EMPTY_PAGES: u32 = 100;

/// A FetchXML query with the page that is asked for.
#[derive(Debug, Clone)]
pub(super) struct FetchRequest {
    table: &'static EntityMetadata,
    query: String,
    preferences: Preferences,
    position: Position,
    trail: Trail,
    empty_pages: u32,
}

/// Where the page is.
#[derive(Debug, Clone)]
enum Position {
    First,
    Page(NextPage),
    /// Where a link leads that the server gave.
    Link(String),
}

impl FetchRequest {
    pub(super) fn new(table: &'static EntityMetadata, query: String) -> Self {
        let needed_annotations: &'static [&'static str] =
            &["Microsoft.Dynamics.CRM.fetchxmlpagingcookie", "Microsoft.Dynamics.CRM.morerecords"];
        let preferences = Preferences { needed_annotations, ..Preferences::default() };
        let (position, trail) = (Position::First, Trail::default());
        Self { table, query, preferences, position, trail, empty_pages: 0 }
    }

    /// Asks for the annotations without which what the plan reads is not complete.
    pub(super) fn reads(&mut self, plan: &RowPlan) {
        self.preferences = self.preferences.reading(plan);
    }

    pub(super) fn annotations(&mut self, annotations: Annotations) {
        self.preferences.annotations = Some(annotations);
    }

    pub(super) fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.trail.check()?;
        if self.empty_pages > MAX_EMPTY_PAGES {
            return Err(Error::unreadable(
                http::StatusCode::OK,
                format!(
                    "the server says that more rows follow, and gave {MAX_EMPTY_PAGES} pages without rows and without \
                     a paging cookie"
                ),
            ));
        }
        let next = match &self.position {
            Position::Link(link) => return follow(org, link, self.preferences.clone()),
            Position::First => None,
            Position::Page(next) => Some(next),
        };
        let text = paged_text(&self.query, self.table.logical_name, next).map_err(|problem| {
            let problem = format!("the FetchXML query cannot be sent: {problem}");
            EncodeError::new(self.table.logical_name, None, problem)
        })?;
        RequestBuilder::new(org, Method::GET, self.table.entity_set_name)
            .encoded_option("fetchXml", &text)
            .prefer(self.preferences.clone())
            .build()
    }

    /// Returns the request for the page after one that says this; `None` where the server says that none follows.
    ///
    /// `morerecords` decides. A cookie is only the faster way to the next page: rows that are sorted by a linked table's
    /// column come without one, and the page number alone leads on.
    /// [Paging](https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/page-results)
    pub(super) fn next(&self, info: &PageInfo, is_empty: bool) -> Option<Self> {
        if info.more_records == Some(false) || root_attribute(&self.query, "top").is_some() {
            return None;
        }
        let annotation = info.fetch_xml_paging_cookie.as_deref().filter(|text| !text.trim().is_empty());
        if info.more_records.is_none() && annotation.is_none() {
            let link = info.next_link.clone()?;
            let trail = self.trail.followed(&link);
            return Some(Self { position: Position::Link(link), trail, ..self.clone() });
        }
        // A cookie names the last row, and says no more about others.
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

    /// Returns the number of the page that is asked for.
    fn page(&self) -> u32 {
        match &self.position {
            Position::Page(next) => next.number,
            _ => root_attribute(&self.query, "page").and_then(|page| page.trim().parse().ok()).unwrap_or(1),
        }
    }
}
