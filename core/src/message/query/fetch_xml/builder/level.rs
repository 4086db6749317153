//! What an `entity` or a `link-entity` element says, without the types of its columns.

use super::link::LinkType;
use crate::metadata::EntityMetadata;
use crate::query::{Expression, Path};

/// The part of a date that rows are grouped by.
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

/// What an `entity` or a `link-entity` element says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Level {
    pub(super) table: &'static EntityMetadata,
    pub(super) attributes: Vec<AttributeElement>,
    pub(super) all_attributes: bool,
    pub(super) conditions: Vec<Expression>,
    pub(super) orders: Vec<OrderElement>,
    pub(super) links: Vec<LinkElement>,
    /// What is wrong, reported when the query is written. The first problem counts.
    pub(super) problem: Option<String>,
}

/// An `attribute` element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AttributeElement {
    pub(super) name: &'static str,
    pub(super) alias: Option<String>,
    pub(super) role: Role,
    /// The attributes that say the role.
    pub(super) says: Vec<(&'static str, &'static str)>,
}

/// Whether a query with the attribute is an aggregate.
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

/// The methods that say what an element asks for, of the columns of a table.
macro_rules! level_methods {
    ($table:ty) => {
        /// Asks for a column under its own name. In a link, that is the alias of the link, a dot and the logical name.
        pub fn attribute<K, V>(mut self, column: Column<$table, K, V>) -> Self {
            self.level.attribute(column.path(), None);
            self
        }

        /// Asks for a column under a name of one's own.
        pub fn attribute_as<K, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.attribute(column.path(), Some(alias.into()));
            self
        }

        /// Asks for all columns of the table. Dataverse advises against it: the query is slower, and what it answers changes
        /// with the table.
        pub fn all_attributes(mut self) -> Self {
            self.level.all_attributes = true;
            self
        }

        /// Keeps only records that meet the condition; called again, those that meet both. `None` keeps all.
        ///
        /// FetchXML has no `not`: it is written into the conditions, each of which becomes its opposite. What has no
        /// opposite, OData text of one's own, and columns of related records more than one lookup away are errors when the
        /// query is written.
        pub fn filter(mut self, condition: impl IntoFilter<$table>) -> Self {
            self.level.conditions.extend(condition.into_filter().map(Filter::expression));
            self
        }

        /// Sorts by a column, ascending, or by an [`Order`](crate::query::Order); what comes later sorts what is equal so
        /// far. The orders of links come after those of the table itself.
        pub fn order_by(mut self, order: impl IntoOrder<$table>) -> Self {
            let mut orders = Vec::new();
            order.put(&mut orders);
            for order in orders {
                let (path, descending) = order.parts();
                self.level.order(path, descending);
            }
            self
        }

        /// Joins another table.
        pub fn link<R: Entity>(mut self, link: Link<$table, R>) -> Self {
            self.level.links.push(link.into_element());
            self
        }

        /// Computes the sum of a column. With this or another aggregate, the query answers one row for each group.
        pub fn sum<K: Summable, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "sum")]);
            self
        }

        /// Computes the average of a column, of the rows that have a value. The average of integers is an integer.
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
        pub fn max<K: Ranged, V>(mut self, column: Column<$table, K, V>, alias: impl Into<String>) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("aggregate", "max")]);
            self
        }

        /// Counts the rows.
        pub fn count(mut self, alias: impl Into<String>) -> Self {
            self.level.count(alias.into());
            self
        }

        /// Counts the rows that have a value in a column.
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

        /// Answers, under this alias, how many records are below each record in the hierarchy of the table.
        pub fn count_children(mut self, alias: impl Into<String>) -> Self {
            self.level.count_children(alias.into());
            self
        }

        /// Answers one row for each value of a column; called again, for each combination.
        pub fn group_by<K: Comparable, V>(
            mut self,
            column: Column<$table, K, V>,
            alias: impl Into<String>,
        ) -> Self {
            self.level.aggregate(column.path(), alias.into(), &[("groupby", "true")]);
            self
        }

        /// Answers one row for each value of a part of a date, in the time zone of the caller.
        pub fn group_by_date<K: Dated, V>(
            mut self,
            column: Column<$table, K, V>,
            by: DateGrouping,
            alias: impl Into<String>,
        ) -> Self {
            self.level.group_by_date(column.path(), by, false, alias.into());
            self
        }

        /// Answers one row for each value of a part of a date, in UTC.
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
