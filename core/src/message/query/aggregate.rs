//! Aggregates: `GET /set?$apply=filter(…)/groupby((…),aggregate(…))`.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_core::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::trail::Trail;
use crate::Entity;
use crate::encode::EncodeError;
use crate::message::http::{Error, Organization, Preferences, Reply, RequestBuilder, follow};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::query::kinds::{Comparable, Ordered, Summable};
use crate::query::{Column, Filter, IntoFilter};

/// Groups the records of `T` and computes over the groups, of 50,000 records at most.
///
/// ```
/// use dataverse_entity::message::{Aggregate, Message, Organization};
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// let by_type = Aggregate::<SessionEvent>::new()
///     .group_by(SessionEvent::EVENT_TYPE)
///     .count("events")
///     .max(SessionEvent::EVENT_TIME, "latest");
/// assert!(by_type.request(&org).unwrap().uri().query().unwrap().starts_with("$apply=groupby((msdyn_eventtype)"));
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Aggregate<T> {
    filter: Option<Filter<T>>,
    groups: Vec<String>,
    aggregates: Vec<(String, String)>,
    problem: Option<String>,
    page_size: Option<u32>,
    link: Option<String>,
    trail: Trail,
}

message_type!(Aggregate<T> where [] { filter, groups, aggregates, problem, page_size, link, trail });

impl<T: Entity> Aggregate<T> {
    /// All records, not yet grouped.
    pub fn new() -> Self {
        Self {
            filter: None,
            groups: Vec::new(),
            aggregates: Vec::new(),
            problem: None,
            page_size: None,
            link: None,
            trail: Trail::default(),
        }
    }

    /// Keeps only records that meet the condition; called again, those that meet both. `None` keeps all.
    pub fn filter(mut self, condition: impl IntoFilter<T>) -> Self {
        Filter::add(&mut self.filter, condition.into_filter());
        self
    }

    /// One row for each value of this column; called again, for each combination. In the rows, a column of a related
    /// record is named with `_` for `/`. Dataverse does not group by dates.
    pub fn group_by<K: Comparable, V>(mut self, column: Column<T, K, V>) -> Self {
        let path = column.path();
        self.note(path.problem());
        if matches!(column.metadata().attribute_type, crate::metadata::AttributeType::DateTime { .. }) {
            self.note(Some(format!("{}: Dataverse does not group by dates", path.logical_name())));
        }
        self.groups.push(path.text());
        self
    }

    /// The sum of a column.
    pub fn sum<K: Summable, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "sum", alias)
    }

    /// The average of a column.
    pub fn average<K: Summable, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "average", alias)
    }

    /// The least value of a column.
    pub fn min<K: Ordered, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "min", alias)
    }

    /// The greatest value of a column.
    pub fn max<K: Ordered, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "max", alias)
    }

    /// How many different values a column has.
    pub fn count_distinct<K: Comparable, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "countdistinct", alias)
    }

    /// How many records there are.
    pub fn count(mut self, alias: impl Into<String>) -> Self {
        self.push("$count", alias.into());
        self
    }

    /// How many rows a page has.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.page_size = Some(rows);
        self
    }

    fn with<K, V>(mut self, column: &Column<T, K, V>, method: &str, alias: impl Into<String>) -> Self {
        let path = column.path();
        self.note(path.problem());
        self.push(&format!("{} with {method}", path.text()), alias.into());
        self
    }

    fn push(&mut self, expression: &str, alias: String) {
        let is_name = alias.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && alias.chars().all(|each| each.is_ascii_alphanumeric() || each == '_');
        if !is_name {
            self.note(Some(format!("{alias:?} cannot be an alias: it is a name of letters, digits and `_`")));
        }
        if self.aggregates.iter().any(|(_, other)| *other == alias) {
            self.note(Some(format!("the alias `{alias}` is used twice")));
        }
        self.aggregates.push((expression.to_owned(), alias));
    }

    fn note(&mut self, problem: Option<String>) {
        self.problem = self.problem.take().or(problem);
    }

    /// The value of `$apply`, before percent-encoding.
    fn apply(&self) -> Result<String, Error> {
        let table = T::METADATA.logical_name;
        if let Some(problem) = &self.problem {
            return Err(EncodeError::new(table, None, problem.clone()).into());
        }
        let aggregates: Vec<_> =
            self.aggregates.iter().map(|(expression, alias)| format!("{expression} as {alias}")).collect();
        let aggregates = (!aggregates.is_empty()).then(|| format!("aggregate({})", aggregates.join(",")));
        let groups = (!self.groups.is_empty()).then(|| format!("({})", self.groups.join(",")));
        let last = match (groups, aggregates) {
            (Some(groups), Some(aggregates)) => format!("groupby({groups},{aggregates})"),
            (Some(groups), None) => format!("groupby({groups})"),
            (None, Some(aggregates)) => aggregates,
            (None, None) => {
                return Err(EncodeError::new(table, None, "the aggregate neither groups nor computes").into());
            }
        };
        Ok(match &self.filter {
            Some(filter) => format!("filter({})/{last}", filter.to_odata()?),
            None => last,
        })
    }
}

impl<T: Entity> Default for Aggregate<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// A row of an aggregate or of any other answer whose columns no struct declares.
#[derive(Debug, Clone, Default)]
pub struct AggregateRow(BTreeMap<String, Box<RawValue>>);

impl AggregateRow {
    /// The value of a column or alias; `None` where it is null or not there. Numbers are read from their own text, so a
    /// decimal keeps every digit.
    ///
    /// # Errors
    ///
    /// The value is not one of the type.
    pub fn get<V: DeserializeOwned>(&self, name: &str) -> Result<Option<V>, Error> {
        let Some(raw) = self.0.get(name).filter(|raw| raw.get() != "null") else { return Ok(None) };
        serde_json::from_str(raw.get())
            .map(Some)
            .map_err(|error| Error::unreadable(http::StatusCode::OK, format!("{name}: {error}")))
    }

    /// The columns and aliases with their JSON texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, raw)| (name.as_str(), raw.get()))
    }
}

/// AggregateRows of an aggregate.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AggregateRows {
    /// The rows.
    pub rows: Vec<AggregateRow>,
    /// Where the next page is, byte for byte.
    pub next_link: Option<String>,
}

pub(super) fn rows(reply: &Reply) -> Result<AggregateRows, Error> {
    let mut body: BTreeMap<String, Box<RawValue>> = reply.json()?;
    let bad = |what: &str| reply.unreadable(format!("`{what}` is missing or of another shape"));
    let value = body.remove("value").ok_or_else(|| bad("value"))?;
    let rows: Vec<BTreeMap<String, Box<RawValue>>> =
        serde_json::from_str(value.get()).map_err(|_| bad("value"))?;
    let next_link = match body.remove("@odata.nextLink") {
        Some(link) => {
            serde_json::from_str::<Option<String>>(link.get()).map_err(|_| bad("@odata.nextLink"))?
        }
        None => None,
    };
    Ok(AggregateRows { rows: rows.into_iter().map(AggregateRow).collect(), next_link })
}

impl<T: Entity> Message for Aggregate<T> {
    type Output = AggregateRows;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.trail.check()?;
        let preferences = Preferences { page_size: self.page_size, ..Preferences::default() };
        match &self.link {
            Some(link) => follow(org, link, preferences),
            None => RequestBuilder::new(org, Method::GET, T::METADATA.entity_set_name)
                .encoded_option("$apply", &self.apply()?)
                .prefer(preferences)
                .build(),
        }
    }

    fn response(&self, response: Response<Bytes>) -> Result<AggregateRows, Error> {
        rows(&Reply::accepted(response)?)
    }
}

impl<T: Entity> Paged for Aggregate<T> {
    type Item = AggregateRow;

    fn next(&self, page: &AggregateRows) -> Option<Self> {
        let link = page.next_link.clone()?;
        let trail = self.trail.followed(&link);
        Some(Self { link: Some(link), trail, page_size: self.page_size, ..Self::new() })
    }

    fn items(page: AggregateRows) -> Vec<AggregateRow> {
        page.rows
    }
}
