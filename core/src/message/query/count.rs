//! `GET /set/$count`: how many records there are, up to 5,000.

use bytes::Bytes;
use http::{Method, Request, Response};

use crate::Entity;
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
use crate::message::message_type::message_type;
use crate::query::{Filter, IntoFilter};

/// Counts the records of `T`. Dataverse counts to 5,000 and says 5,000 where there are more.
#[must_use = "a message does nothing until it is sent"]
pub struct Count<T> {
    filter: Option<Filter<T>>,
}

message_type!(Count<T> where [] { filter });

impl<T: Entity> Count<T> {
    /// Counts all records.
    pub fn new() -> Self {
        Self { filter: None }
    }

    /// Counts only records that meet the condition; called again, those that meet both. `None` counts all.
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

    /// The answer is a number as plain text, now and then behind a byte order mark.
    fn response(&self, response: Response<Bytes>) -> Result<u64, Error> {
        let reply = Reply::accepted(response)?;
        let text = String::from_utf8_lossy(reply.body());
        let number = text.trim_start_matches('\u{feff}').trim();
        number.parse().map_err(|_| reply.unreadable(format!("{number:?} is not a count")))
    }
}
