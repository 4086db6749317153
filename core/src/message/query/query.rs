//! RetrieveMultiple: `GET /set?$select=…&$filter=…`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};
use percent_encoding::percent_decode_str;

use super::one::{AtMostOne, ExactlyOne, First};
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

/// Most records that `$top` takes.
const MAX_TOP: u32 = 5000;

/// Reads records of a table as `P`: the columns are those of the struct, and so are the records fetched along.
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

/// Where the records are.
#[derive(Debug, Clone, PartialEq)]
enum Source {
    /// All of the table.
    Table,
    /// Those that a navigation property of a record leads to.
    Related { table: &'static EntityMetadata, record: Address, navigation: &'static str },
    /// Those of a saved query: the parameter's name, and which.
    Saved(&'static str, uuid::Uuid),
    /// The page at a link that the server gave.
    Link(String),
}

impl<P: Projection> Query<P> {
    /// All records of the table.
    pub fn new() -> Self {
        Self::from_source(Source::Table)
    }

    /// The records behind this navigation property of this record.
    pub fn related_to<T: Entity>(record: impl IntoRecord<T>, navigation: Related<T, P::Table, Many>) -> Self {
        let record = record.into_record().address().clone();
        Self::from_source(Source::Related { table: T::METADATA, record, navigation: navigation.name() })
    }

    /// The records of a saved query (a view) that everyone has, narrowed to the columns of the struct.
    ///
    /// `query` is the `savedqueryid`. It is a bare GUID because the library has no table `savedquery`; for a
    /// table of your own, pass `id.uuid()`.
    ///
    /// ```
    /// use dataverse_entity::message::{Message, Organization, Query};
    /// use dataverse_entity::tables::SessionEvent;
    /// use dataverse_entity::Uuid;
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let open = Uuid::parse_str("6f9619ff-8b86-d011-b42d-00cf4fc964ff")?;
    /// let query = Query::<SessionEvent>::saved(open);
    /// let request = query.request(&org)?;
    /// assert!(request.uri().query().unwrap().starts_with(&format!("savedQuery={open}&")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn saved(query: uuid::Uuid) -> Self {
        Self::from_source(Source::Saved("savedQuery", query))
    }

    /// The records of a saved query of a user, narrowed to the columns of the struct.
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

    /// Keeps only records that meet the condition; called again, those that meet both. `None` keeps all.
    pub fn filter(mut self, condition: impl IntoFilter<P::Table>) -> Self {
        Filter::add(&mut self.filter, condition.into_filter());
        self
    }

    /// Sorts the records by a column, ascending, or by an [`Order`]; what comes later, in an array or in another call,
    /// sorts what is equal so far.
    pub fn order_by(mut self, order: impl IntoOrder<P::Table>) -> Self {
        order.put(&mut self.order);
        self
    }

    /// The first records only: 1 to 5,000. It does not go together with [`page_size`](Self::page_size).
    pub fn top(mut self, records: u32) -> Self {
        self.top = Some(records);
        self
    }

    /// Reads the first record only; `None` if there is none. Say the order, or any of the records may be the first.
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

    /// Reads the only record that matches. If none does, the error [is not found](Error::is_not_found); if more than one
    /// does, it [is not unique](Error::is_not_unique). It takes the place of [`top`](Self::top) and of a page size.
    pub fn one(self) -> ExactlyOne<P> {
        ExactlyOne::new(self.only(2))
    }

    /// Reads the only record that matches; `None` if none does. If more than one does, the error [is not
    /// unique](Error::is_not_unique). It takes the place of [`top`](Self::top) and of a page size.
    pub fn at_most_one(self) -> AtMostOne<P> {
        AtMostOne::new(self.only(2))
    }

    fn only(mut self, records: u32) -> Self {
        self.preferences.page_size = None;
        self.top = Some(records);
        self
    }

    /// Asks how many records match, whatever the page: up to 5,000, which is where Dataverse stops counting, in
    /// [`PageInfo::count`](crate::PageInfo::count). [`Count`](crate::message::Count) says how to count further.
    pub fn count(mut self, count: bool) -> Self {
        self.count = count;
        self
    }

    /// How many records a page has: 1 to 5,000, which is what it has if nothing is said.
    pub fn page_size(mut self, records: u32) -> Self {
        self.preferences.page_size = Some(records);
        self
    }

    /// Asks for annotations.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// Narrows the records that a navigation property leads to; the struct has a field for it. Said again of the same
    /// navigation property, the later one counts.
    pub fn expand<R, N>(mut self, related: Related<P::Table, R, N>, options: ExpandOptions<R, N>) -> Self {
        self.expands.add(related, options);
        self
    }

    fn says_more_than_its_link(&self) -> bool {
        self.filter.is_some()
            || !self.order.is_empty()
            || !self.expands.is_empty()
            || self.top.is_some()
            || self.count
    }

    fn url<'o>(&self, org: &'o Organization) -> Result<RequestBuilder<'o>, Error> {
        let table = P::Table::METADATA;
        let problem = |problem: String| EncodeError::new(table.logical_name, None, problem);
        if let Some(top) = self.top {
            if !(1..=MAX_TOP).contains(&top) {
                return Err(problem(format!("`top` is 1 to {MAX_TOP}, not {top}")).into());
            }
            if self.preferences.page_size.is_some() {
                return Err(problem(
                    "with a page size Dataverse ignores `top`; leave one of them out".to_owned(),
                )
                .into());
            }
        }
        let path = match &self.source {
            Source::Related { table, record, navigation } => {
                format!("{}/{navigation}", record_path(org, table, record)?)
            }
            _ => table.entity_set_name.to_owned(),
        };
        let mut request = RequestBuilder::new(org, Method::GET, path);
        if let Source::Saved(parameter, query) = &self.source {
            request = request.option(parameter, &query.to_string());
        }
        request = request.option("$select", &P::select_clause());
        request = request.option_if("$expand", self.expands.text(P::PLAN).map_err(problem)?);
        if let Some(filter) = &self.filter {
            request = request.encoded_option("$filter", &filter.to_odata()?);
        }
        let order = order_text(&self.order).map_err(problem)?;
        request = request.option_if("$orderby", order.map(|order| order.replace(' ', "%20")));
        request = request.option_if("$top", self.top.map(|top| top.to_string()));
        request = request.option_if("$count", self.count.then(|| "true".to_owned()));
        Ok(request)
    }
}

impl<P: Projection> Expanded<P> {
    /// The query that reads the records after these; `None` where the answer says of no more.
    ///
    /// Dataverse fetches an expanded collection in pages only if the query has a page size and expands something within
    /// an expanded record. Then the query may find an empty page: a complete collection has a link, too. Say the same
    /// [`page_size`](Query::page_size) as before. The link of any other query finds the same records again, and is `None`
    /// here.
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
                let problem = "a page's link says which records there are, and in which order; say it of the first page";
                Err(EncodeError::new(P::Table::METADATA.logical_name, None, problem).into())
            }
            Source::Link(link) => follow(org, link, self.preferences.reading(P::PLAN)),
            _ => {
                let preferences = self.preferences.reading(P::PLAN);
                let is_limited = self.top.is_some();
                self.url(org)?.prefer(Preferences { is_limited, ..preferences }).build()
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

    /// The link is followed byte for byte, with the same headers.
    fn next_page(&self, page: &Page<P>) -> Option<Self> {
        let link = page.info.next_link.clone()?;
        let trail = self.trail.followed(&link);
        Some(Self { source: Source::Link(link), trail, preferences: self.preferences.clone(), ..Self::new() })
    }

    fn items(page: Page<P>) -> Vec<Record<P>> {
        page.records
    }
}
