//! Aggregates: `GET /set?$apply=filter(…)/groupby((…),aggregate(…))`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};

use super::trail::Trail;
use crate::Entity;
use crate::column::ReadColumn;
use crate::encode::EncodeError;
use crate::message::http::{Annotations, Error, Organization, Preferences, Reply, RequestBuilder, follow};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::query::kinds::{Comparable, Ordered, Summable};
use crate::query::{Column, Filter, IntoFilter};
use crate::record::{DataverseRow, DecodeError, Row, RowPage, check_columns, listed};

/// Groups up to 50,000 records of `T` and computes a value for each group.
///
/// The answer is a [`RowPage`]: rows by name, or as the struct of [`rows_as`](Self::rows_as). Problems, such
/// as an alias that is used twice, are errors of the request.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let by_type = SessionEvent::aggregate()
///     .group_by(SessionEvent::EVENT_TYPE)
///     .count("events")
///     .max(SessionEvent::EVENT_TIME, "latest");
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// assert_eq!(
///     by_type.request(&org)?.uri().query().unwrap(),
///     "$apply=groupby((msdyn_eventtype)%2C\
///      aggregate(%24count%20as%20events%2Cmsdyn_eventtime%20with%20max%20as%20latest))"
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Aggregate<T, R = Row> {
    filter: Option<Filter<T>>,
    /// Paths, each with its name in the rows.
    groups: Vec<(String, String)>,
    /// Expressions, each with its alias.
    aggregates: Vec<(String, String)>,
    /// The first problem, reported by the request.
    problem: Option<String>,
    page_size: Option<u32>,
    annotations: Option<Annotations>,
    link: Option<String>,
    trail: Trail,
    row: PhantomData<fn() -> R>,
}

message_type!(Aggregate<T, R> where [] {
    filter, groups, aggregates, problem, page_size, annotations, link, trail; skip row
});

impl<T: Entity> Aggregate<T> {
    /// Creates an aggregate of all records. Add at least one group or one value.
    pub fn new() -> Self {
        Self {
            filter: None,
            groups: Vec::new(),
            aggregates: Vec::new(),
            problem: None,
            page_size: None,
            annotations: None,
            link: None,
            trail: Trail::default(),
            row: PhantomData,
        }
    }

    /// Keeps only records that meet the condition. If called again, keeps only records that meet all
    /// conditions. `None` keeps every record.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    ///
    /// let of_chats = SessionEvent::aggregate().filter(SessionEvent::NAME.eq("Chat")).count("events");
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert_eq!(
    ///     of_chats.request(&org)?.uri().query().unwrap(),
    ///     "$apply=filter(msdyn_name%20eq%20%27Chat%27)%2Faggregate(%24count%20as%20events)"
    /// );
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn filter(mut self, condition: impl IntoFilter<T>) -> Self {
        Filter::add(&mut self.filter, condition.into_filter());
        self
    }

    /// Answers one row for each value of the column; if called again, for each combination of values.
    /// Dataverse does not group by dates.
    ///
    /// In the rows, a column of the table itself has the name of its property. A column of a related record
    /// has the name of the related *table* before it, not of the lookup: `contact_fullname`.
    /// [`Row::get_column`] finds either by the column.
    ///
    /// ```
    /// use dataverse_entity::Row;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{EventType, OcSession, SessionEvent};
    ///
    /// let subject = SessionEvent::SESSION.to(OcSession::SUBJECT);
    /// let per_session = SessionEvent::aggregate().group_by(subject).group_by(SessionEvent::EVENT_TYPE).count("events");
    ///
    /// let answered = br#"{"msdyn_ocsession_subject":"Chat","msdyn_eventtype":192350005,"events":3}"#;
    /// let row = Row::from_json(answered)?;
    /// assert_eq!(row.get_column(subject)?.as_deref(), Some("Chat"));
    /// assert_eq!(row.get_column(SessionEvent::EVENT_TYPE)?, Some(EventType::SessionEnd));
    /// # Ok::<(), dataverse_entity::DecodeError>(())
    /// ```
    pub fn group_by<K: Comparable, V>(mut self, column: Column<T, K, V>) -> Self {
        let path = column.path();
        self.note(path.problem());
        if matches!(column.metadata().attribute_type, crate::metadata::AttributeType::DateTime { .. }) {
            self.note(Some(format!("{}: Dataverse does not group by dates", path.logical_name())));
        }
        let (written, name) = (path.text(), path.name_in_rows());
        if self.groups.iter().any(|(_, other)| *other == name) || self.has_alias(&name) {
            self.note(Some(format!("two columns of the rows would be called `{name}`")));
        }
        self.groups.push((written, name));
        self
    }

    /// Computes the sum of a column.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    ///
    /// #[derive(DataverseEntity)]
    /// #[entity(logical = "new_loan", set = "new_loans")]
    /// struct Loan {
    ///     #[attr(logical = "new_loanid", primary_id)]
    ///     id: Id<Loan>,
    ///     #[attr(logical = "new_days", integer)]
    ///     days: Option<i32>,
    /// }
    ///
    /// let total = Loan::aggregate().sum(Loan::DAYS, "total");
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert_eq!(
    ///     total.request(&org)?.uri().query().unwrap(),
    ///     "$apply=aggregate(new_days%20with%20sum%20as%20total)"
    /// );
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn sum<K: Summable, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "sum", alias)
    }

    /// Computes the average of a column.
    pub fn average<K: Summable, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "average", alias)
    }

    /// Computes the least value of a column.
    pub fn min<K: Ordered, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "min", alias)
    }

    /// Computes the greatest value of a column.
    pub fn max<K: Ordered, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "max", alias)
    }

    /// Counts the different values of a column. Microsoft's page webapi/query/aggregate-data says that only
    /// FetchXML can; if Dataverse refuses it, use
    /// [`Fetch::count_distinct`](crate::message::Fetch::count_distinct).
    pub fn count_distinct<K: Comparable, V>(self, column: Column<T, K, V>, alias: impl Into<String>) -> Self {
        self.with(&column, "countdistinct", alias)
    }

    /// Counts the records of each group, or all records that the filter finds if nothing is grouped: up to
    /// 50,000, while [`Count`](crate::message::Count) stops at 5,000.
    pub fn count(mut self, alias: impl Into<String>) -> Self {
        self.push("$count", alias.into());
        self
    }

    /// Sets the number of rows of a page.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.page_size = Some(rows);
        self
    }

    /// Asks for annotations, such as formatted values and the tables that lookups point to.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.annotations = Some(annotations);
        self
    }

    /// Reads the rows as a struct that derives [`DataverseRow`](trait@DataverseRow), not by name.
    ///
    /// ```
    /// use dataverse_entity::Organization;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{EventType, SessionEvent};
    ///
    /// #[derive(DataverseRow)]
    /// struct EventsOfType {
    ///     #[row(alias = "msdyn_eventtype")]
    ///     event_type: Option<EventType>,
    ///     events: i64,
    /// }
    ///
    /// let by_type = SessionEvent::aggregate().group_by(SessionEvent::EVENT_TYPE).count("events");
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// assert!(by_type.rows_as::<EventsOfType>().request(&org).is_ok());
    ///
    /// // A field without a column is an error of the request.
    /// let ungrouped = SessionEvent::aggregate().count("events").rows_as::<EventsOfType>();
    /// assert!(ungrouped.request(&org).is_err());
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn rows_as<R: DataverseRow>(self) -> Aggregate<T, R> {
        let Self { filter, groups, aggregates, problem, page_size, annotations, link, trail, row: _ } = self;
        Aggregate {
            filter,
            groups,
            aggregates,
            problem,
            page_size,
            annotations,
            link,
            trail,
            row: PhantomData,
        }
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
        if self.has_alias(&alias) {
            self.note(Some(format!("the alias `{alias}` is used twice")));
        }
        if self.groups.iter().any(|(_, name)| *name == alias) {
            self.note(Some(format!("two columns of the rows would be called `{alias}`")));
        }
        self.aggregates.push((expression.to_owned(), alias));
    }

    fn has_alias(&self, name: &str) -> bool {
        self.aggregates.iter().any(|(_, alias)| alias == name)
    }

    fn note(&mut self, problem: Option<String>) {
        self.problem = self.problem.take().or(problem);
    }
}

impl Row {
    /// Returns the value of a column given to [`group_by`](Aggregate::group_by), or `None` if it is null or
    /// absent. Read the id of a lookup by name, with [`get`](Self::get).
    ///
    /// # Errors
    ///
    /// Returns an error if the column cannot hold the value; the error names the column.
    pub fn get_column<T, K, V>(&self, column: Column<T, K, V>) -> Result<Option<V>, DecodeError>
    where
        Option<V>: for<'de> ReadColumn<'de>,
    {
        self.get(&column.path().name_in_rows())
    }
}

impl<T: Entity> Default for Aggregate<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Entity, R> Aggregate<T, R> {
    /// Returns the value of `$apply`, before percent-encoding.
    fn apply(&self) -> Result<String, Error> {
        let table = T::METADATA.logical_name;
        if let Some(problem) = &self.problem {
            return Err(EncodeError::new(table, None, problem.clone()).into());
        }
        let aggregates: Vec<_> =
            self.aggregates.iter().map(|(expression, alias)| format!("{expression} as {alias}")).collect();
        let aggregates = (!aggregates.is_empty()).then(|| format!("aggregate({})", aggregates.join(",")));
        let groups: Vec<_> = self.groups.iter().map(|(path, _)| path.as_str()).collect();
        let groups = (!groups.is_empty()).then(|| format!("({})", groups.join(",")));
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

    /// Returns an error if the rows have no column for a field of the struct.
    fn check_names(&self, columns: &[&str]) -> Result<(), Error> {
        let known: Vec<&str> =
            self.aggregates.iter().chain(&self.groups).map(|(_, name)| name.as_str()).collect();
        let answers = |column: &str| known.contains(&column) || known.contains(&&*format!("_{column}_value"));
        let missing: Vec<&str> = columns.iter().copied().filter(|column| !answers(column)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let problem =
            format!("the struct reads {}, but the aggregate answers {}", listed(&missing), listed(&known));
        Err(EncodeError::new(T::METADATA.logical_name, None, problem).into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, R: DataverseRow> Message for Aggregate<T, R> {
    type Output = RowPage<R>;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        self.trail.check()?;
        let annotations = self.annotations.clone();
        let preferences = Preferences { page_size: self.page_size, annotations, ..Preferences::default() };
        match &self.link {
            Some(link) => follow(org, link, preferences),
            None => {
                let apply = self.apply()?;
                self.check_names(R::COLUMNS)?;
                RequestBuilder::new(org, Method::GET, T::METADATA.entity_set_name)
                    .encoded_option("$apply", &apply)
                    .prefer(preferences)
                    .build()
            }
        }
    }

    fn response(&self, response: Response<Bytes>) -> Result<RowPage<R>, Error> {
        let reply = Reply::accepted(response)?;
        let page = reply.rows()?;
        if self.groups.iter().any(|(path, _)| path.contains('/')) {
            check_columns(&page.rows, R::COLUMNS).map_err(|error| Error::decode(reply.status(), error))?;
        }
        reply.rows_as(page)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, R: DataverseRow> Paged for Aggregate<T, R> {
    type Item = R;

    fn next_page(&self, page: &RowPage<R>) -> Option<Self> {
        let link = page.info.next_link.clone()?;
        let trail = self.trail.followed(&link);
        Some(Self { link: Some(link), trail, ..self.clone() })
    }

    fn items(page: RowPage<R>) -> Vec<R> {
        page.rows
    }
}
