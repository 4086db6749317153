//! Counts: `GET /set/$count` up to 5,000, and `RetrieveTotalRecordCount` of a whole table.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use crate::Entity;
use crate::encode::json_string;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::query::{Filter, IntoFilter};

/// Counts the records of `T`, up to 5,000, which is where Dataverse stops counting: 5,000 means 5,000 or
/// more.
///
/// To count further:
///
/// - [`Aggregate::count`](crate::message::Aggregate::count) counts the records that a filter finds, up to 50,000.
/// - [`RetrieveTotalRecordCount`] counts all records of a table, as of some time in the last 24 hours.
/// - [`PageInfo::total_record_count_limit_exceeded`](crate::PageInfo::total_record_count_limit_exceeded) of a query with
///   annotations says whether there are more than 5,000.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{EventType, SessionEvent};
///
/// let ended = SessionEvent::count().filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd));
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// assert_eq!(
///     ended.request(&org)?.uri().path_and_query().unwrap().as_str(),
///     "/api/data/v9.2/msdyn_sessionevents/$count?$filter=msdyn_eventtype%20eq%20192350005"
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Count<T> {
    filter: Option<Filter<T>>,
}

message_type!(Count<T> where [] { filter });

impl<T: Entity> Count<T> {
    /// Creates a count of all records.
    pub fn new() -> Self {
        Self { filter: None }
    }

    /// Counts only records that meet the condition. If called again, counts only records that meet all
    /// conditions. `None` counts every record.
    pub fn filter(mut self, condition: impl IntoFilter<T>) -> Self {
        Filter::add(&mut self.filter, condition.into_filter());
        self
    }
}

impl<T: Entity> Default for Count<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> Message for Count<T> {
    type Output = u64;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let request =
            RequestBuilder::new(org, Method::GET, format!("{}/$count", T::METADATA.entity_set_name));
        match &self.filter {
            Some(filter) => request.encoded_option("$filter", &filter.to_odata()?).build(),
            None => request.build(),
        }
    }

    /// Reads a number in plain text, sometimes after a byte order mark.
    fn response(&self, response: Response<Bytes>) -> Result<u64, Error> {
        let reply = Reply::accepted(response)?;
        let text = String::from_utf8_lossy(reply.body());
        let number = text.trim_start_matches('\u{feff}').trim();
        number.parse().map_err(|_| reply.unreadable("it is not a count, which is a number in plain text"))
    }
}

/// Counts all records of the table `T`, with no upper limit. Dataverse took the number at some time in the
/// last 24 hours.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::message::RetrieveTotalRecordCount;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// let total: RetrieveTotalRecordCount<SessionEvent> = SessionEvent::total_count();
/// assert_eq!(
///     total.request(&org).unwrap().uri().path_and_query().unwrap().as_str(),
///     "/api/data/v9.2/RetrieveTotalRecordCount(EntityNames=@p1)?@p1=%5B%22msdyn_sessionevent%22%5D"
/// );
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct RetrieveTotalRecordCount<T> {
    table: PhantomData<fn() -> T>,
}

message_type!(RetrieveTotalRecordCount<T> where [] { ; skip table });

impl<T: Entity> RetrieveTotalRecordCount<T> {
    /// Creates a count of all records.
    pub fn new() -> Self {
        Self { table: PhantomData }
    }
}

impl<T: Entity> Default for RetrieveTotalRecordCount<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> Message for RetrieveTotalRecordCount<T> {
    type Output = u64;

    fn message_name(&self) -> &'static str {
        "RetrieveTotalRecordCount"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let tables = format!("[{}]", json_string(T::METADATA.logical_name));
        RequestBuilder::new(org, Method::GET, "RetrieveTotalRecordCount(EntityNames=@p1)")
            .encoded_option("@p1", &tables)
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<u64, Error> {
        let reply = Reply::accepted(response)?;
        let table = T::METADATA.logical_name;
        let answer: Value = reply.json()?;
        let totals = &answer["EntityRecordCountCollection"];
        let keys = totals["Keys"].as_array().into_iter().flatten();
        let values = totals["Values"].as_array().into_iter().flatten();
        let found = keys.zip(values).find(|(key, _)| key.as_str() == Some(table));
        let count = found.and_then(|(_, count)| count.as_u64());
        count.ok_or_else(|| reply.unreadable(format!("it has no count of the table {table}")))
    }
}
