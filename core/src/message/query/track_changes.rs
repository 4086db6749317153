//! Change tracking: the records created, changed or deleted since an earlier answer.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};

use super::trail::Trail;
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Preferences, Reply, RequestBuilder, follow};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::record::FromRow;
use crate::{Entity, Page, Projection, Record};

/// Reads all records of a table as `P`, or those that changed since an earlier answer.
///
/// The last page has a link to later changes: [`PageInfo::delta_link`](crate::PageInfo::delta_link). It is
/// valid for 7 days, unless the organization has another setting. Deleted records are in [`Page::deleted`].
/// The table must have change tracking enabled.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SystemUser;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let all = SystemUser::track_changes();
/// assert!(all.request(&org)?.headers()["prefer"].to_str().unwrap().contains("odata.track-changes"));
///
/// // Later, with the link that the last page had:
/// let link = "https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers?$select=fullname&$deltatoken=919042%2108";
/// let since = SystemUser::changes_since(link);
/// assert_eq!(since.request(&org)?.uri().to_string(), link);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct TrackChanges<P> {
    link: Option<String>,
    page_size: Option<u32>,
    trail: Trail,
    projection: PhantomData<fn() -> P>,
}

message_type!(TrackChanges<P> where [] { link, page_size, trail; skip projection });

impl<P: Projection> TrackChanges<P> {
    /// Reads all records as they are now, and starts the tracking.
    pub fn new() -> Self {
        Self { link: None, page_size: None, trail: Trail::default(), projection: PhantomData }
    }

    /// Reads the changes since the answer that had this link.
    pub fn since(delta_link: impl Into<String>) -> Self {
        Self { link: Some(delta_link.into()), ..Self::new() }
    }

    /// Sets the number of records of a page: 1 to 5,000.
    pub fn page_size(mut self, records: u32) -> Self {
        self.page_size = Some(records);
        self
    }
}

impl<P: Projection> Default for TrackChanges<P> {
    fn default() -> Self {
        Self::new()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Message for TrackChanges<P> {
    type Output = Page<P>;

    fn message_name(&self) -> &'static str {
        "RetrieveEntityChanges"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.trail.check()?;
        let preferences =
            Preferences { track_changes: true, page_size: self.page_size, ..Preferences::default() };
        let preferences = preferences.reading(P::PLAN);
        if let Some(link) = &self.link {
            return follow(org, link, preferences);
        }
        let table = P::Table::METADATA;
        if P::expand_clause().is_some() {
            let problem = "change tracking expands no related records; read a struct without `#[expand(…)]`";
            return Err(EncodeError::new(table.logical_name, None, problem).into());
        }
        RequestBuilder::new(org, Method::GET, table.entity_set_name)
            .option("$select", &P::PLAN.texts().select)
            .prefer(preferences)
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Page<P>, Error> {
        let reply = Reply::accepted(response)?;
        match &self.link {
            // Nothing changed, so the same link leads to later changes.
            Some(link) if is_empty_object(reply.body()) => {
                let mut page = Page::without_records();
                page.info.delta_link = Some(link.clone());
                Ok(page)
            }
            _ => reply.page(),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Paged for TrackChanges<P> {
    type Item = Record<P>;

    fn next_page(&self, page: &Page<P>) -> Option<Self> {
        let link = page.info.next_link.clone()?;
        let trail = self.trail.followed(&link);
        Some(Self { link: Some(link), page_size: self.page_size, trail, projection: PhantomData })
    }

    /// Returns the records of a page, without its deleted records.
    fn items(page: Page<P>) -> Vec<Record<P>> {
        page.records
    }
}

/// Returns whether the answer is `{}`, as that of a delta without changes may be.
fn is_empty_object(body: &[u8]) -> bool {
    let inner = body.trim_ascii().strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}"));
    inner.is_some_and(|inner| inner.trim_ascii().is_empty())
}
