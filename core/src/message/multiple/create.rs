//! The message CreateMultiple: `POST /set/Microsoft.Dynamics.CRM.CreateMultiple`.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;
use uuid::Uuid;

use crate::column::Pending;
use crate::draft::{Columns, CreateDraft, Draft, entries};
use crate::encode::EncodeError;
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
pub struct CreateMultiple<T: Entity, D = <T as Entity>::Create> {
    pub(super) drafts: Vec<D>,
    /// The ids of the new records; empty if Dataverse makes them.
    ids: Vec<Id<T>>,
}

message_type!(CreateMultiple<T, D> of D where [T: Entity] { drafts, ids });

impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> CreateMultiple<T, D> {
    /// Creates the message for these records.
    pub fn new(drafts: impl IntoIterator<Item = D>) -> Self {
        Self { drafts: drafts.into_iter().collect(), ids: Vec::new() }
    }

    /// Creates the message for records whose ids the caller chooses, so that the caller knows them even if the
    /// answer is lost. A second message with the same ids creates nothing: Dataverse refuses it as a
    /// [duplicate](Error::is_duplicate).
    ///
    /// The drafts hold no primary id: with one, the request cannot be built.
    ///
    /// ```
    /// use dataverse_entity::message::CreateMultiple;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::SessionEvent;
    /// use dataverse_entity::{Organization, Uuid};
    ///
    /// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
    /// let event: Id<SessionEvent> = Id::new(Uuid::from_u128(7));
    /// let message = CreateMultiple::with_ids([(event, SessionEvent::create().name("Accepted"))]);
    /// let request = message.request(&org)?;
    /// let body = str::from_utf8(request.body()).unwrap();
    /// assert!(body.contains(r#""msdyn_sessioneventid":"00000000-0000-0000-0000-000000000007""#));
    /// # Ok::<(), dataverse_entity::Error>(())
    /// ```
    pub fn with_ids(records: impl IntoIterator<Item = (Id<T>, D)>) -> Self {
        let (ids, drafts) = records.into_iter().unzip();
        Self { drafts, ids }
    }
}

/// Returns the members of a record in addition to its columns.
fn members<T: Entity>(id: Option<&Id<T>>, draft: &dyn Columns) -> Result<Vec<body::BodyMember>, Error> {
    let mut members = vec![body::type_member(T::METADATA)];
    if let Some(id) = id {
        let key = T::METADATA.primary_id_attribute;
        let is_key = |(column, pending): (&crate::metadata::AttributeMetadata, Pending<'_>)| {
            column.logical_name == key && !matches!(pending, Pending::Keep)
        };
        if entries(draft).any(is_key) {
            let problem = "the message has an id for the record already; leave it out of the draft";
            return Err(EncodeError::new(T::METADATA.logical_name, Some(key), problem).into());
        }
        members.push(body::text(key, id.to_string()));
    }
    Ok(members)
}

#[diagnostic::do_not_recommend]
impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> Message for CreateMultiple<T, D> {
    /// The ids, in the order of the drafts.
    type Output = Vec<Id<T>>;

    fn message_name(&self) -> &'static str {
        "CreateMultiple"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let records = self
            .drafts
            .iter()
            .enumerate()
            .map(|(index, draft)| body::with(members::<T>(self.ids.get(index), draft)?, draft, org));
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
impl<T: Entity, D: Draft<Table = T, Kind = CreateDraft>> WriteMessage for CreateMultiple<T, D> {}
