//! The content of an `entity` or a `link-entity` element, without the types of its columns.

use super::link::LinkType;
use crate::metadata::EntityMetadata;
use crate::query::{Expression, Path};

/// The part of a date by which rows are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateGrouping {
    /// The day of the month.
    Day,
    /// The week of the year.
    Week,
    /// The month of the year.
    Month,
    /// The quarter of the year.
    Quarter,
    /// The year.
    Year,
    /// The period of the organization's fiscal year.
    FiscalPeriod,
    /// The organization's fiscal year.
    FiscalYear,
}

impl DateGrouping {
    const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::FiscalPeriod => "fiscal-period",
            Self::FiscalYear => "fiscal-year",
        }
    }
}

/// The content of an `entity` or a `link-entity` element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Level {
    pub(super) table: &'static EntityMetadata,
    pub(super) attributes: Vec<AttributeElement>,
    pub(super) all_attributes: bool,
    pub(super) conditions: Vec<Expression>,
    pub(super) orders: Vec<OrderElement>,
    pub(super) links: Vec<LinkElement>,
    /// The first problem, reported when the query is written.
    pub(super) problem: Option<String>,
}

/// An `attribute` element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AttributeElement {
    pub(super) name: &'static str,
    pub(super) alias: Option<String>,
    pub(super) role: Role,
    /// The XML attributes of the role.
    pub(super) says: Vec<(&'static str, &'static str)>,
}

/// Whether the attribute makes the query an aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    Aggregate,
}

/// An `order` element.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OrderElement {
    Column { name: &'static str, descending: bool },
    Alias { alias: String, descending: bool },
}

/// A `link-entity` element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LinkElement {
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) alias: Option<String>,
    pub(super) link_type: LinkType,
    /// The intersect table of a many-to-many relationship.
    pub(super) through: Option<Intersect>,
    pub(super) level: Level,
}

/// An intersect table, with its columns for the two tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Intersect {
    pub(super) table: &'static str,
    pub(super) own: &'static str,
    pub(super) other: &'static str,
}

impl Level {
    pub(super) const fn new(table: &'static EntityMetadata) -> Self {
        Self {
            table,
            attributes: Vec::new(),
            all_attributes: false,
            conditions: Vec::new(),
            orders: Vec::new(),
            links: Vec::new(),
            problem: None,
        }
    }

    pub(super) fn note(&mut self, problem: impl FnOnce() -> String) {
        if self.problem.is_none() {
            self.problem = Some(problem());
        }
    }

    /// Returns the logical name of a column, which has to be one of the table itself.
    pub(super) fn own_column(&mut self, path: Path) -> &'static str {
        let name = path.attribute.logical_name;
        if !path.steps.is_empty() {
            self.note(|| {
                format!("{name}: FetchXML reaches a column of a related record through a link; write `.link(Link::to_one(…))`")
            });
        }
        name
    }

    pub(super) fn attribute(&mut self, path: Path, alias: Option<String>) {
        self.add(path, alias, Role::Plain, Vec::new());
    }

    pub(super) fn aggregate(&mut self, path: Path, alias: String, says: &[(&'static str, &'static str)]) {
        self.add(path, Some(alias), Role::Aggregate, says.to_vec());
    }

    pub(super) fn count(&mut self, alias: String) {
        let (name, says) = (self.table.primary_id_attribute, vec![("aggregate", "count")]);
        self.attributes.push(AttributeElement { name, alias: Some(alias), role: Role::Aggregate, says });
    }

    pub(super) fn count_children(&mut self, alias: String) {
        let (name, says) = (self.table.primary_id_attribute, vec![("rowaggregate", "CountChildren")]);
        self.attributes.push(AttributeElement { name, alias: Some(alias), role: Role::Plain, says });
    }

    pub(super) fn group_by_date(&mut self, path: Path, by: DateGrouping, is_utc: bool, alias: String) {
        let mut says = vec![("groupby", "true"), ("dategrouping", by.name())];
        if is_utc {
            says.push(("usertimezone", "false"));
        }
        self.add(path, Some(alias), Role::Aggregate, says);
    }

    fn add(
        &mut self,
        path: Path,
        alias: Option<String>,
        role: Role,
        says: Vec<(&'static str, &'static str)>,
    ) {
        let name = self.own_column(path);
        self.attributes.push(AttributeElement { name, alias, role, says });
    }

    pub(super) fn order(&mut self, path: Path, descending: bool) {
        let name = self.own_column(path);
        self.orders.push(OrderElement::Column { name, descending });
    }

    /// Whether any of these elements aggregates, those of links included.
    pub(super) fn is_aggregate(&self) -> bool {
        self.attributes.iter().any(|each| each.role == Role::Aggregate)
            || self.links.iter().any(|link| link.level.is_aggregate())
    }

    /// Returns the number of `link-entity` elements.
    pub(super) fn count_of_links(&self) -> usize {
        let count =
            |link: &LinkElement| 1 + usize::from(link.through.is_some()) + link.level.count_of_links();
        self.links.iter().map(count).sum()
    }

    /// Returns the first problem, those of links included.
    pub(super) fn problem(&self) -> Option<&str> {
        self.problem.as_deref().or_else(|| self.links.iter().find_map(|link| link.level.problem()))
    }
}

/// The builder methods that a query and its links share.
macro_rules! level_methods {
    ($table:ty) => {
        /// Asks for a column under its own name. For a link, that is the alias of the link, a dot and the
        /// logical name.
        ///
        /// ```
        /// use dataverse_entity::message::Link;
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::{OcSession, SessionEvent};
        ///
        /// // The rows have the columns `msdyn_name` and `session.subject`.
        /// let session = Link::to_one(SessionEvent::SESSION).alias("session").attribute(OcSession::SUBJECT);
        /// let events = SessionEvent::fetch().attribute(SessionEvent::NAME).link(session);
        /// assert!(events.to_xml()?.contains("alias=\"session\"><attribute name=\"subject\"/></link-entity>"));
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn attribute<K, V>(mut self, column: Column<$table, K, V>) -> Self {
            self.level.attribute(column.path(), None);
            self
        }

        /// Asks for a column under an alias.
        ///
        /// ```
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::SessionEvent;
        ///
        /// let events = SessionEvent::fetch().attribute_as(SessionEvent::NAME, "name");
        /// assert!(events.to_xml()?.contains("<attribute name=\"msdyn_name\" alias=\"name\"/>"));
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn attribute_as<K, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.attribute(column.path(), Some(alias.into()));
            self
        }

        /// Asks for all columns of the table. Microsoft advises against it: the query is slower, and its
        /// columns change with the table.
        pub fn all_attributes(mut self) -> Self {
            self.level.all_attributes = true;
            self
        }

        /// Keeps only records that meet the condition. If called again, keeps only records that meet all
        /// conditions. `None` keeps every record.
        ///
        /// FetchXML has no `not`; each negated condition is written as its opposite. Three things are errors
        /// when the query is written: a negated condition without an opposite, [`Filter::raw_unescaped`], and
        /// a column of a record more than one lookup away.
        ///
        /// ```
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::SessionEvent;
        ///
        /// let events = SessionEvent::fetch().filter(SessionEvent::NAME.contains("test").not());
        /// assert!(events.to_xml()?.contains(
        ///     "<condition attribute=\"msdyn_name\" operator=\"not-like\" value=\"%test%\"/>"
        /// ));
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn filter(mut self, condition: impl IntoFilter<$table>) -> Self {
            self.level.conditions.extend(condition.into_filter().map(Filter::expression));
            self
        }

        /// Sorts by a column, ascending, or by an [`Order`](crate::query::Order). Later orders sort the rows
        /// that are equal under the earlier ones; the orders of links come after those of the table itself.
        ///
        /// ```
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::SessionEvent;
        ///
        /// let latest_first = SessionEvent::fetch().order_by(SessionEvent::CREATED_ON.desc());
        /// assert!(latest_first.to_xml()?.contains("<order attribute=\"createdon\" descending=\"true\"/>"));
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn order_by(mut self, order: impl IntoOrder<$table>) -> Self {
            let mut orders = Vec::new();
            order.put(&mut orders);
            for order in orders {
                let (path, descending) = order.parts();
                self.level.order(path, descending);
            }
            self
        }

        /// Joins another table. [`Link`] has an example.
        pub fn link<R: Entity>(mut self, link: Link<$table, R>) -> Self {
            self.level.links.push(link.into_element());
            self
        }

        /// Computes the sum of a column. Any aggregate makes the query answer one row for each group.
        pub fn sum<K: Summable, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "sum")]);
            self
        }

        /// Computes the average of the values of a column, without rows that have none. The average of
        /// integers is an integer.
        pub fn average<K: Summable, V>(
            mut self,
            column: Column<$table, K, V>,
            alias: impl Into<String>,
        ) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "avg")]);
            self
        }

        /// Computes the least value of a number or a date.
        pub fn min<K: Ranged, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "min")]);
            self
        }

        /// Computes the greatest value of a number or a date.
        ///
        /// ```
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::SessionEvent;
        ///
        /// let latest = SessionEvent::fetch().max(SessionEvent::EVENT_TIME, "latest");
        /// assert_eq!(
        ///     latest.to_xml()?,
        ///     "<fetch aggregate=\"true\"><entity name=\"msdyn_sessionevent\">\
        ///      <attribute name=\"msdyn_eventtime\" alias=\"latest\" aggregate=\"max\"/></entity></fetch>"
        /// );
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn max<K: Ranged, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "max")]);
            self
        }

        /// Counts the rows.
        pub fn count(mut self, alias: impl Into<String>) -> Self {
            self.level.count(alias.into());
            self
        }

        /// Counts the rows in which a column has a value.
        pub fn count_column<K: Comparable, V>(
            mut self,
            column: Column<$table, K, V>,
            alias: impl Into<String>,
        ) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "countcolumn")]);
            self
        }

        /// Counts the different values of a column.
        pub fn count_distinct<K: Comparable, V>(
            mut self,
            column: Column<$table, K, V>,
            alias: impl Into<String>,
        ) -> Self {
            let says = [("aggregate", "countcolumn"), ("distinct", "true")];
            self.level.aggregate(column.path(), alias.into(), &says);
            self
        }

        /// Counts, for each record, the records below it in the hierarchy of the table.
        pub fn count_children(mut self, alias: impl Into<String>) -> Self {
            self.level.count_children(alias.into());
            self
        }

        /// Answers one row for each value of a column; if called again, for each combination of values.
        ///
        /// ```
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::SessionEvent;
        ///
        /// let by_type = SessionEvent::fetch().group_by(SessionEvent::EVENT_TYPE, "type").count("events");
        /// assert!(by_type.to_xml()?.contains(
        ///     "<attribute name=\"msdyn_eventtype\" alias=\"type\" groupby=\"true\"/>"
        /// ));
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn group_by<K: Comparable, V>(
            mut self,
            column: Column<$table, K, V>,
            alias: impl Into<String>,
        ) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("groupby", "true")]);
            self
        }

        /// Answers one row for each day, week, month, … of a date, in the caller's time zone.
        ///
        /// ```
        /// use dataverse_entity::message::DateGrouping;
        /// use dataverse_entity::prelude::*;
        /// use dataverse_entity::tables::SessionEvent;
        ///
        /// let by_month = SessionEvent::fetch()
        ///     .group_by_date(SessionEvent::CREATED_ON, DateGrouping::Month, "month")
        ///     .count("events");
        /// assert!(by_month.to_xml()?.contains(
        ///     "<attribute name=\"createdon\" alias=\"month\" groupby=\"true\" dategrouping=\"month\"/>"
        /// ));
        /// # Ok::<(), dataverse_entity::EncodeError>(())
        /// ```
        pub fn group_by_date<K: Dated, V>(
            mut self,
            column: Column<$table, K, V>,
            by: DateGrouping,
            alias: impl Into<String>,
        ) -> Self {
            self.level.group_by_date(column.path(), by, false, alias.into());
            self
        }

        /// Answers one row for each day, week, month, … of a date, in UTC.
        pub fn group_by_utc_date<K: Dated, V>(
            mut self,
            column: Column<$table, K, V>,
            by: DateGrouping,
            alias: impl Into<String>,
        ) -> Self {
            self.level.group_by_date(column.path(), by, true, alias.into());
            self
        }
    };
}
pub(super) use level_methods;
