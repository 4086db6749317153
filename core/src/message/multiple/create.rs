//! The message CreateMultiple: `POST /set/Microsoft.Dynamics.CRM.CreateMultiple`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;
use uuid::Uuid;

use crate::message::http::{Error, NAMESPACE, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::message::record::body;
use crate::{Entity, Id};

/// Creates several records of `T` in one request. In a standard table, it creates all of them or none.
///
/// A message of 100 to 1,000 records works best.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let names = ["Accepted", "Closed"];
/// let message = SessionEvent::create_multiple(names.map(|name| SessionEvent::create().name(name)));
/// let request = message.request(&org)?;
/// assert_eq!(
///     request.uri().path(),
///     "/api/data/v9.2/msdyn_sessionevents/Microsoft.Dynamics.CRM.CreateMultiple"
/// );
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct CreateMultiple<T: Entity> {
    pub(super) drafts: Vec<T::Create>,
}

message_type!(CreateMultiple<T> where [T: Entity] { drafts });

impl<T: Entity> CreateMultiple<T> {
    /// Creates the message for these records.
    pub fn new(drafts: impl IntoIterator<Item = T::Create>) -> Self {
        Self { drafts: drafts.into_iter().collect() }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> Message for CreateMultiple<T> {
    /// The ids, in the order of the drafts.
    type Output = Vec<Id<T>>;

    fn message_name(&self) -> &'static str {
        "CreateMultiple"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let records =
            self.drafts.iter().map(|draft| body::with(vec![body::type_member(T::METADATA)], draft, org));
        let path = format!("{}/{NAMESPACE}.CreateMultiple", T::METADATA.entity_set_name);
        RequestBuilder::new(org, Method::POST, path).json(body::targets(records)?).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        let reply = Reply::accepted(response)?;
        let body: Value = reply.json()?;
        let ids = body.get("Ids").and_then(Value::as_array);
        let ids = ids.ok_or_else(|| reply.unreadable("it holds no `Ids`"))?;
        if ids.len() != self.drafts.len() {
            return Err(reply.unreadable(format!("{} ids for {} records", ids.len(), self.drafts.len())));
        }
        let id = |id: &Value| id.as_str().and_then(|id| Uuid::parse_str(id).ok()).map(Id::new);
        let read = ids.iter().enumerate().map(|(index, each)| {
            id(each).ok_or_else(|| reply.unreadable(format!("the id of record {index} is not a GUID")))
        });
        read.collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity> WriteMessage for CreateMultiple<T> {}
