//! A FetchXML query from typed columns.

use core::marker::PhantomData;

use super::super::{FetchRows, FetchXml};
use super::level::{DateGrouping, Level, OrderElement, level_methods};
use super::link::Link;
use super::xml::{self, Root};
use crate::encode::EncodeError;
use crate::message::message_type::message_type;
use crate::query::kinds::{Comparable, Dated, Ranged, Summable};
use crate::query::{Column, Filter, IntoFilter, IntoOrder};
use crate::record::{DataverseRow, Row};
use crate::{Entity, Projection};

/// Builds a FetchXML query from typed columns: joins, aliases, aggregates, distinct rows. Values are escaped.
///
/// The last call makes the message and says how its rows are read: [`records`](Self::records) as `P`,
/// [`rows`](Self::rows) by name, [`rows_as`](Self::rows_as) as a struct that derives
/// [`DataverseRow`](trait@DataverseRow).
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::message::{DateGrouping, Fetch, Link};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// #[derive(DataverseRow)]
/// struct EventsOfSession {
///     subject: Option<String>,
///     month: i32,
///     events: i64,
///     latest: Option<Timestamp>,
/// }
///
/// let events: Fetch<SessionEvent> = SessionEvent::fetch()
///     .filter(SessionEvent::NAME.starts_with("R&D"))
///     .count("events")
///     .max(SessionEvent::EVENT_TIME, "latest")
///     .group_by_date(SessionEvent::CREATED_ON, DateGrouping::Month, "month")
///     .link(Link::to_one(SessionEvent::SESSION).group_by(OcSession::SUBJECT, "subject"))
///     .order_by_alias("events", true);
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// assert_eq!(
///     events.to_xml()?,
///     "<fetch aggregate=\"true\"><entity name=\"msdyn_sessionevent\">\
///      <attribute name=\"msdyn_sessioneventid\" alias=\"events\" aggregate=\"count\"/>\
///      <attribute name=\"msdyn_eventtime\" alias=\"latest\" aggregate=\"max\"/>\
///      <attribute name=\"createdon\" alias=\"month\" groupby=\"true\" dategrouping=\"month\"/>\
///      <filter type=\"and\"><condition attribute=\"msdyn_name\" operator=\"like\" value=\"R&amp;D%\"/></filter>\
///      <link-entity name=\"msdyn_ocsession\" from=\"activityid\" to=\"msdyn_omnichannelsession\" link-type=\"inner\" \
///      alias=\"msdyn_ocsession\"><attribute name=\"subject\" alias=\"subject\" groupby=\"true\"/></link-entity>\
///      <order alias=\"events\" descending=\"true\"/></entity></fetch>"
/// );
/// let message = events.rows_as::<EventsOfSession>();
/// assert!(message.request(&org).is_ok());
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
///
/// # Errors
///
/// [`to_xml`](Self::to_xml) and the request of the message return an error for:
///
/// - an alias that is used twice, or is not a name;
/// - a column of an aggregate that is neither grouped by nor aggregated;
/// - `top` together with `page_size`, `page` or `total_count`;
/// - columns of a link that only filters;
/// - more than 15 links;
/// - a condition that FetchXML cannot express.
#[must_use = "a query does nothing until it is sent"]
pub struct Fetch<P> {
    level: Level,
    root: Root,
    projection: PhantomData<fn() -> P>,
}

message_type!(Fetch<P> where [] { level, root; skip projection });

impl<P: Projection> Fetch<P> {
    /// Creates a query of all records of the table. Unless it asks for an attribute, its rows have the
    /// primary id only.
    pub fn new() -> Self {
        Self { level: Level::new(P::Table::METADATA), root: Root::default(), projection: PhantomData }
    }

    level_methods!(P::Table);

    /// Sorts the rows of an aggregate by an alias. Later calls sort the rows that are equal under the earlier
    /// ones.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let by_name = SessionEvent::fetch()
    ///     .group_by(SessionEvent::NAME, "name")
    ///     .count("events")
    ///     .order_by_alias("events", true);
    /// assert!(by_name.to_xml()?.contains("<order alias=\"events\" descending=\"true\"/>"));
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn order_by_alias(mut self, alias: impl Into<String>, descending: bool) -> Self {
        self.level.orders.push(OrderElement::Alias { alias: alias.into(), descending });
        self
    }

    /// Sets whether rows that are equal in all columns are answered only once.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let names = SessionEvent::fetch().attribute(SessionEvent::NAME).distinct(true);
    /// assert_eq!(
    ///     names.to_xml()?,
    ///     "<fetch distinct=\"true\"><entity name=\"msdyn_sessionevent\"><attribute name=\"msdyn_name\"/></entity></fetch>"
    /// );
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn distinct(mut self, distinct: bool) -> Self {
        self.root.distinct = distinct;
        self
    }

    /// Answers only the first `rows` rows: 1 to 5,000. Dataverse takes no pages together with it.
    pub fn top(mut self, rows: u32) -> Self {
        self.root.top = Some(rows);
        self
    }

    /// Sets the number of rows of a page: 1 to 5,000. The default is 5,000.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.root.page_size = Some(rows);
        self
    }

    /// Sets the number of the page with which to start. The first page has the number 1.
    pub fn page(mut self, number: u32) -> Self {
        self.root.page = Some(number);
        self
    }

    /// Sets whether the answer holds the number of all rows, up to 5,000. For
    /// [`PageInfo::total_record_count`](crate::PageInfo::total_record_count), also ask for the annotation
    /// `Microsoft.Dynamics.CRM.totalrecordcount`.
    pub fn total_count(mut self, count: bool) -> Self {
        self.root.total_count = count;
        self
    }

    /// Sets whether choices are sorted by their integers. By default, they are sorted by their labels.
    pub fn raw_order(mut self, raw: bool) -> Self {
        self.root.raw_order = raw;
        self
    }

    /// Sets the number of records above which Dataverse refuses the aggregate. It always refuses more than
    /// 50,000.
    pub fn aggregate_limit(mut self, records: u32) -> Self {
        self.root.aggregate_limit = Some(records);
        self
    }

    /// Sets whether to read the rows in long-term retention, not the active ones.
    pub fn retained(mut self, retained: bool) -> Self {
        self.root.retained = retained;
        self
    }

    /// Returns the query as XML.
    ///
    /// # Errors
    ///
    /// Returns an error if FetchXML cannot express the query; the error says what to write. The page of the
    /// [type](Fetch) lists the cases.
    pub fn to_xml(&self) -> Result<String, EncodeError> {
        self.text().map_err(|problem| EncodeError::new(P::Table::METADATA.logical_name, None, problem))
    }

    fn text(&self) -> Result<String, String> {
        xml::text(&self.level, &self.root)
    }

    /// Reads the records as `P`, and asks for its columns.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::message::{Link, LinkType};
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// // Events whose session has a subject.
    /// let session = Link::to_one(SessionEvent::SESSION)
    ///     .filter(OcSession::SUBJECT.is_not_null())
    ///     .link_type(LinkType::Any);
    /// let events = SessionEvent::fetch().link(session).records();
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert!(events.request(&org)?.uri().query().unwrap().starts_with("fetchXml=%3Cfetch%3E"));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn records(mut self) -> FetchXml<P> {
        // An aggregate gets no columns: the check of the text says how to read it.
        if !self.level.all_attributes && !self.level.is_aggregate() {
            xml::add_columns(&mut self.level, P::PLAN);
        }
        FetchXml::from_text(self.text())
    }

    /// Reads the rows by the names of their columns.
    pub fn rows(self) -> FetchRows<Row> {
        FetchXml::<P>::from_text(self.text()).rows()
    }

    /// Reads the rows as a struct that derives [`DataverseRow`](trait@DataverseRow).
    pub fn rows_as<R: DataverseRow>(self) -> FetchRows<R> {
        FetchXml::<P>::from_text(self.text()).rows_as()
    }
}

impl<P: Projection> Default for Fetch<P> {
    fn default() -> Self {
        Self::new()
    }
}
