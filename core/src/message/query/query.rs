//! Typed queries: `GET /set?$select=…&$filter=…`.

use core::marker::PhantomData;
use std::borrow::Cow;

use bytes::Bytes;
use http::{Method, Request, Response};
use percent_encoding::percent_decode_str;

use super::one::{AtMostOne, ExactlyOne, First};
use super::ranges::InRanges;
use super::trail::Trail;
use crate::encode::EncodeError;
use crate::message::http::{
    Annotations, Error, Organization, Preferences, Reply, RequestBuilder, follow, record_path,
};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::metadata::EntityMetadata;
use crate::query::{ExpandOptions, Expands, Filter, IntoFilter, IntoOrder, Many, Order, Related, order_text};
use crate::record::{Expanded, FromRow};
use crate::reference::{Address, IntoRecord};
use crate::{Entity, Page, Projection, Record};

/// Maximum of `$top`.
const MAX_TOP: u32 = 5000;

/// Reads records of a table as `P`. The struct says which columns are read and which related records are
/// expanded.
///
/// [`query`](crate::message::ReadMessages::query) makes one.
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
/// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// let query = EventName::query().filter(SessionEvent::NAME.eq("O'Brien")).order_by(SessionEvent::CREATED_ON.desc()).top(5);
/// assert_eq!(
///     query.request(&org).unwrap().uri().path_and_query().unwrap().as_str(),
///     "/api/data/v9.2/msdyn_sessionevents?$select=msdyn_name\
///      &$filter=msdyn_name%20eq%20%27O%27%27Brien%27&$orderby=createdon%20desc&$top=5"
/// );
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Query<P: Projection> {
    source: Source,
    filter: Option<Filter<P::Table>>,
    order: Vec<Order<P::Table>>,
    expands: Expands,
    top: Option<u32>,
    count: bool,
    preferences: Preferences,
    trail: Trail,
    projection: PhantomData<fn() -> P>,
}

message_type!(Query<P> where [P: Projection] { source, filter, order, expands, top, count, preferences, trail; skip projection });

/// The records that a query starts from.
#[derive(Debug, Clone, PartialEq)]
enum Source {
    /// All records of the table.
    Table,
    /// The records that a navigation property of a record leads to.
    Related { table: &'static EntityMetadata, record: Address, navigation: &'static str },
    /// The records of a saved query: the parameter's name and the id.
    Saved(&'static str, uuid::Uuid),
    /// The page at a link from the server.
    Link(String),
}

impl<P: Projection> Query<P> {
    /// Creates a query of all records of the table.
    pub fn new() -> Self {
        Self::from_source(Source::Table)
    }

    /// Creates a query of the records that a navigation property of a record leads to.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::message::Query;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::query::{Many, Related};
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
    ///
    /// let session: Id<OcSession> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse()?;
    /// let events = Query::<SessionEvent>::related_to(session, EVENTS);
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert_eq!(
    ///     events.request(&org)?.uri().path(),
    ///     "/api/data/v9.2/msdyn_ocsessions(6f9619ff-8b86-d011-b42d-00cf4fc964ff)/msdyn_ocsession_sessionevent_nested"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn related_to<T: Entity>(record: impl IntoRecord<T>, navigation: Related<T, P::Table, Many>) -> Self {
        let record = record.into_record().address().clone();
        Self::from_source(Source::Related { table: T::METADATA, record, navigation: navigation.name() })
    }

    /// Creates a query of the records that a saved query (a view for everyone) finds. The columns are those
    /// of the struct.
    ///
    /// `query` is the `savedqueryid`. It is a bare GUID because the library has no table `savedquery`; for a
    /// table of your own, pass `id.uuid()`.
    ///
    /// ```
    /// use dataverse_entity::message::Query;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SystemUser;
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let view: Uuid = "00000000-0000-0000-00aa-000010001019".parse()?;
    /// let users = Query::<SystemUser>::saved(view).top(10);
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let url = users.request(&org)?.uri().to_string();
    /// assert!(url.contains("/systemusers?savedQuery=00000000-0000-0000-00aa-000010001019&$select="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn saved(query: uuid::Uuid) -> Self {
        Self::from_source(Source::Saved("savedQuery", query))
    }

    /// Creates a query of the records that a user's own saved query finds. The columns are those of the
    /// struct.
    ///
    /// `query` is the `userqueryid`, a bare GUID as in [`saved`](Self::saved).
    pub fn user_saved(query: uuid::Uuid) -> Self {
        Self::from_source(Source::Saved("userQuery", query))
    }

    fn from_source(source: Source) -> Self {
        Self {
            source,
            filter: None,
            order: Vec::new(),
            expands: Expands::default(),
            top: None,
            count: false,
            preferences: Preferences::default(),
            trail: Trail::default(),
            projection: PhantomData,
        }
    }

    /// Keeps only records that meet the condition. If called again, keeps only records that meet all
    /// conditions. `None` keeps every record.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{EventType, SessionEvent};
    ///
    /// let only_ended = true;
    /// let events = SessionEvent::query()
    ///     .filter(SessionEvent::NAME.is_not_null())
    ///     .filter(only_ended.then(|| SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd)));
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let url = events.request(&org)?.uri().to_string();
    /// assert!(url.ends_with("&$filter=(msdyn_name%20ne%20null%20and%20msdyn_eventtype%20eq%20192350005)"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn filter(mut self, condition: impl IntoFilter<P::Table>) -> Self {
        Filter::add(&mut self.filter, condition.into_filter());
        self
    }

    /// Sorts the records by a column, ascending, or by an [`Order`]. Later orders, in an array or in another
    /// call, sort the records that are equal under the earlier ones.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let events = SessionEvent::query().order_by(SessionEvent::NAME).order_by(SessionEvent::CREATED_ON.desc());
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert!(events.request(&org)?.uri().to_string().ends_with("&$orderby=msdyn_name%20asc,createdon%20desc"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn order_by(mut self, order: impl IntoOrder<P::Table>) -> Self {
        order.put(&mut self.order);
        self
    }

    /// Reads only the first `records` records: 1 to 5,000. With [`page_size`](Self::page_size), the request
    /// is an error, because Dataverse would ignore the limit.
    pub fn top(mut self, records: u32) -> Self {
        self.top = Some(records);
        self
    }

    /// Reads only the first record; `None` if there is none. Without an order, it may be any of the records.
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
    /// let latest = EventName::query().order_by(SessionEvent::CREATED_ON.desc()).first();
    /// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
    /// let request = latest.request(&org).unwrap();
    /// assert_eq!(request.uri().query().unwrap(), "$select=msdyn_name&$orderby=createdon%20desc&$top=1");
    /// ```
    pub fn first(self) -> First<P> {
        First::new(self.only(1))
    }

    /// Reads the only record that matches. Replaces [`top`](Self::top) and the page size.
    ///
    /// Reading the answer fails if no record matches ([`is_not_found`](Error::is_not_found)) or if more than
    /// one does ([`is_not_unique`](Error::is_not_unique)).
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SystemUser;
    ///
    /// let ana = SystemUser::query().filter(SystemUser::DOMAIN_NAME.eq("ana@contoso.com")).one();
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// // A second record would say that the first is not the only one.
    /// assert!(ana.request(&org)?.uri().to_string().ends_with("&$top=2"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn one(self) -> ExactlyOne<P> {
        ExactlyOne::new(self.only(2))
    }

    /// Reads the only record that matches; `None` if none does. Replaces [`top`](Self::top) and the page
    /// size.
    ///
    /// Reading the answer fails if more than one record matches ([`is_not_unique`](Error::is_not_unique)).
    pub fn at_most_one(self) -> AtMostOne<P> {
        AtMostOne::new(self.only(2))
    }

    fn only(mut self, records: u32) -> Self {
        self.preferences.page_size = None;
        self.top = Some(records);
        self
    }

    /// Sets whether the answer also holds the number of all records that match, in
    /// [`PageInfo::count`](crate::PageInfo::count). Dataverse stops counting at 5,000;
    /// [`Count`](crate::message::Count) says how to count further.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let events = SessionEvent::query().top(10).count(true);
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert!(events.request(&org)?.uri().to_string().ends_with("&$top=10&$count=true"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn count(mut self, count: bool) -> Self {
        self.count = count;
        self
    }

    /// Sets the number of records of a page: 1 to 5,000. The default is 5,000.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let request = SessionEvent::query().page_size(500).request(&org)?;
    /// assert!(request.headers()["prefer"].to_str().unwrap().contains("odata.maxpagesize=500"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn page_size(mut self, records: u32) -> Self {
        self.preferences.page_size = Some(records);
        self
    }

    /// Asks for annotations, such as formatted values.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// Narrows the related records that the query expands. The struct must have a field for the navigation
    /// property; [`ExpandOptions`] has an example. If called again for the same navigation property, the last
    /// call wins.
    pub fn expand<R, N>(mut self, related: Related<P::Table, R, N>, options: ExpandOptions<R, N>) -> Self {
        self.expands.add(related, options);
        self
    }

    /// Reads the query in several ranges of a column at a time: 1 to 52, the maximum number of concurrent
    /// requests that Dataverse allows a user. The ranges are those of the time of creation, unless you choose
    /// another column with [`InRanges::by`].
    ///
    /// Ranges have their own order: a query with an order or a limit, one of a saved query, and one that counts
    /// is an error of `Client::ranges`. The struct needs a field for the column, and one for the id.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let named = SessionEvent::query().filter(SessionEvent::NAME.is_not_null()).in_ranges(8);
    /// // `client.ranges(named)?` is the stream of the records.
    /// # let _ = named;
    /// ```
    pub fn in_ranges(self, count: usize) -> InRanges<P> {
        InRanges::new(self, count)
    }

    /// Returns why the query cannot be cut into ranges.
    pub(super) fn why_not_in_ranges(&self) -> Option<&'static str> {
        match &self.source {
            Source::Saved(..) => Some("a saved query has its own order; ranges need a query without one"),
            Source::Link(_) => {
                Some("the link of a page has its own order; cut the query of the first page into ranges")
            }
            _ if !self.order.is_empty() => {
                Some("ranges have their own order; leave out `order_by`, or read with `items`")
            }
            _ if self.top.is_some() => Some("ranges read every row; leave out `top`, or read with `items`"),
            _ if self.count => {
                Some("ranges deliver records without counts; leave out `count`, or read with `pages`")
            }
            _ => None,
        }
    }

    /// Builds the request of the first record alone, with this column alone.
    pub(super) fn edge(self, org: &Organization, column: &str) -> Result<Request<Bytes>, Error> {
        self.only(1).url(org, column, None)?.build()
    }

    fn says_more_than_its_link(&self) -> bool {
        self.filter.is_some()
            || !self.order.is_empty()
            || !self.expands.is_empty()
            || self.top.is_some()
            || self.count
    }

    fn url<'o>(
        &self,
        org: &'o Organization,
        select: &str,
        expand: Option<Cow<'static, str>>,
    ) -> Result<RequestBuilder<'o>, Error> {
        let table = P::Table::METADATA;
        if let Some(top) = self.top {
            if !(1..=MAX_TOP).contains(&top) {
                return Err(problem::<P>(format!("`top` is 1 to {MAX_TOP}, not {top}")));
            }
            if self.preferences.page_size.is_some() {
                let both = "with a page size Dataverse ignores `top`; leave one of them out";
                return Err(problem::<P>(both.to_owned()));
            }
        }
        let path = match &self.source {
            Source::Related { table, record, navigation } => {
                Cow::Owned(format!("{}/{navigation}", record_path(org, table, record)?))
            }
            _ => Cow::Borrowed(table.entity_set_name),
        };
        let mut request = RequestBuilder::new(org, Method::GET, path);
        if let Source::Saved(parameter, query) = &self.source {
            request = request.option(parameter, &query.to_string());
        }
        request = request.option("$select", select);
        request = request.option_if("$expand", expand);
        if let Some(filter) = &self.filter {
            request = request.encoded_option("$filter", &filter.to_odata()?);
        }
        let order = order_text(&self.order).map_err(problem::<P>)?;
        request = request.option_if("$orderby", order.map(|order| order.replace(' ', "%20")));
        request = request.option_if("$top", self.top.map(|top| top.to_string()));
        request = request.option_if("$count", self.count.then_some("true"));
        Ok(request)
    }
}

/// Returns the error of a query that cannot be written.
fn problem<P: Projection>(problem: String) -> Error {
    EncodeError::new(P::Table::METADATA.logical_name, None, problem).into()
}

impl<P: Projection> Expanded<P> {
    /// Returns the query of the records after these, or `None` if the answer has no link to more.
    ///
    /// Dataverse answers an expanded collection in pages only if the query has a page size and expands
    /// something within an expanded record. Set the same [`page_size`](Query::page_size) again. The last page
    /// may be empty, because a complete collection has a link, too. The links of other queries lead to the
    /// same records again; they are ignored here.
    pub fn next_page(&self) -> Option<Query<P>> {
        let link = self.next_link.as_ref()?;
        let (_, query) = link.split_once('?')?;
        let goes_on = query.split('&').any(|option| {
            let name = option.split('=').next().unwrap_or_default();
            percent_decode_str(name).decode_utf8_lossy().eq_ignore_ascii_case("$skiptoken")
        });
        goes_on.then(|| Query::from_source(Source::Link(link.clone())))
    }
}

impl<P: Projection> Default for Query<P> {
    fn default() -> Self {
        Self::new()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Message for Query<P> {
    type Output = Page<P>;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.trail.check()?;
        match &self.source {
            Source::Link(_) if self.says_more_than_its_link() => {
                let problem = "the link of a page fixes the records and their order; filter, sort and limit the first page";
                Err(EncodeError::new(P::Table::METADATA.logical_name, None, problem).into())
            }
            Source::Link(link) => follow(org, link, self.preferences.reading(P::PLAN)),
            _ => {
                let preferences = self.preferences.reading(P::PLAN);
                let is_limited = self.top.is_some();
                let expand = self.expands.text(P::PLAN).map_err(problem::<P>)?;
                self.url(org, &P::PLAN.texts().select, expand)?
                    .prefer(Preferences { is_limited, ..preferences })
                    .build()
            }
        }
    }

    fn response(&self, response: Response<Bytes>) -> Result<Page<P>, Error> {
        Reply::accepted(response)?.page()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Projection + for<'de> FromRow<'de>> Paged for Query<P> {
    type Item = Record<P>;

    /// Follows the link byte for byte, with the same headers.
    fn next_page(&self, page: &Page<P>) -> Option<Self> {
        let link = page.info.next_link.clone()?;
        let trail = self.trail.followed(&link);
        Some(Self { source: Source::Link(link), trail, preferences: self.preferences.clone(), ..Self::new() })
    }

    fn items(page: Page<P>) -> Vec<Record<P>> {
        page.records
    }
}
