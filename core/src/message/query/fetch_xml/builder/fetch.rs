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

/// Builds a FetchXML query from the typed columns of tables: joins, aliases, aggregates, distinct rows.
///
/// It is sent as what its rows are read as: [`rows`](Self::rows) by name, [`rows_as`](Self::rows_as) a struct that derives
/// [`DataverseRow`](trait@DataverseRow), or [`records`](Self::records) as `P`, where no alias is needed. Values are escaped.
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
/// # What cannot be said
///
/// Problems are errors when the query is written: an alias that is there twice or no name; a column that is neither grouped nor
/// aggregated in an aggregate; `top` with pages; columns of a link that only filters; more than 15 links; a condition that
/// FetchXML has no word for.
#[must_use = "a query does nothing until it is sent"]
pub struct Fetch<P> {
    level: Level,
    root: Root,
    projection: PhantomData<fn() -> P>,
}

message_type!(Fetch<P> where [] { level, root; skip projection });

impl<P: Projection> Fetch<P> {
    /// All records of the table. Without any `attribute`, rows have the primary id.
    pub fn new() -> Self {
        Self { level: Level::new(P::Table::METADATA), root: Root::default(), projection: PhantomData }
    }

    level_methods!(P::Table);

    /// Sorts the groups of an aggregate by one of its aliases; called again, it sorts what is equal so far.
    pub fn order_by_alias(mut self, alias: impl Into<String>, descending: bool) -> Self {
        self.level.orders.push(OrderElement::Alias { alias: alias.into(), descending });
        self
    }

    /// Sets whether rows that are alike in all columns are answered once.
    pub fn distinct(mut self, distinct: bool) -> Self {
        self.root.distinct = distinct;
        self
    }

    /// Answers the first rows only: 1 to 5,000. It does not go together with pages.
    pub fn top(mut self, rows: u32) -> Self {
        self.root.top = Some(rows);
        self
    }

    /// Sets how many rows a page has: 1 to 5,000, which is what it has if nothing is said.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.root.page_size = Some(rows);
        self
    }

    /// Starts at a page: 1 is the first.
    pub fn page(mut self, number: u32) -> Self {
        self.root.page = Some(number);
        self
    }

    /// Sets whether the answer says how many rows there are, up to 5,000:
    /// [`PageInfo::total_record_count`](crate::PageInfo::total_record_count), for which the annotation
    /// `Microsoft.Dynamics.CRM.totalrecordcount` has to be asked for.
    pub fn total_count(mut self, count: bool) -> Self {
        self.root.total_count = count;
        self
    }

    /// Sets whether choices are sorted by their integers; by their labels otherwise.
    pub fn raw_order(mut self, raw: bool) -> Self {
        self.root.raw_order = raw;
        self
    }

    /// Fails an aggregate of more than this many records; Dataverse fails one of more than 50,000.
    pub fn aggregate_limit(mut self, records: u32) -> Self {
        self.root.aggregate_limit = Some(records);
        self
    }

    /// Sets whether rows are those that were moved to long term retention.
    pub fn retained(mut self, retained: bool) -> Self {
        self.root.retained = retained;
        self
    }

    /// Returns the query as XML.
    ///
    /// # Errors
    ///
    /// Returns an error if FetchXML cannot say it; the error says what to write.
    pub fn to_xml(&self) -> Result<String, EncodeError> {
        self.text().map_err(|problem| EncodeError::new(P::Table::METADATA.logical_name, None, problem))
    }

    fn text(&self) -> Result<String, String> {
        xml::text(&self.level, &self.root)
    }

    /// Reads the records as `P`, whose columns are asked for.
    pub fn records(mut self) -> FetchXml<P> {
        // An aggregate is refused in words that say what to read it as.
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
