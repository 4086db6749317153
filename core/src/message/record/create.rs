//! The message Create: `POST /set`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};
use uuid::Uuid;

use super::body;
use super::draft::{create_request, unbuilt_create};
use crate::column::{Pending, Value, Written};
use crate::draft::{Columns, CreateDraft, Draft, entries};
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::metadata::EntityMetadata;
use crate::record::FromRow;
use crate::{Entity, Id, Projection, Record};

/// Creates a record. A draft is already this message. The type adds methods, such as
/// [`returning`](Self::returning).
///
/// ```
/// use dataverse_entity::message::Create;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let draft = SessionEvent::create().name("Accepted");
/// let request = Create::new(draft).request(&org)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.body(), r#"{"msdyn_name":"Accepted"}"#);
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct Create<D> {
    draft: D,
}

message_type!(Create<D> of D where [] { draft });

impl<D: Draft<Table: Entity, Kind = CreateDraft>> Create<D> {
    /// Creates the message with these columns.
    pub fn new(draft: D) -> Self {
        Self { draft }
    }

    /// Returns the message that answers with the stored record, read as `P`, instead of its id.
    pub fn returning<P: Projection<Table = D::Table>>(self) -> CreateReturning<D, P> {
        CreateReturning { draft: self.draft, projection: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = CreateDraft>> Message for Create<D> {
    type Output = Id<D::Table>;

    fn message_name(&self) -> &'static str {
        "Create"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        create_request(&self.draft, org)
    }

    fn __unbuilt<'o>(&self, org: &'o Organization) -> Option<Result<RequestBuilder<'o>, Error>> {
        Some(unbuilt_create(&self.draft, org))
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        created(&self.draft, response)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = CreateDraft>> WriteMessage for Create<D> {}

/// Creates a record and reads it back in one request.
///
/// ```
/// use dataverse_entity::message::CreateReturning;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = dataverse_entity::Organization::new("https://contoso.crm4.dynamics.com")?;
/// let create = SessionEvent::create().name("Accepted");
/// let create: CreateReturning<_, SessionEvent> = create.returning();
/// let request = create.request(&org)?;
/// let prefer = request.headers()["prefer"].to_str().unwrap();
/// assert!(prefer.starts_with("return=representation"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[must_use = "a message does nothing until it is sent"]
pub struct CreateReturning<D, P> {
    draft: D,
    projection: PhantomData<fn() -> P>,
}

message_type!(CreateReturning<D, P> of D where [] { draft; skip projection });

#[diagnostic::do_not_recommend]
impl<D, P> Message for CreateReturning<D, P>
where
    D: Draft<Table: Entity, Kind = CreateDraft>,
    P: Projection<Table = D::Table> + for<'de> FromRow<'de>,
{
    type Output = Record<P>;

    fn message_name(&self) -> &'static str {
        "Create"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        builder(self.draft.plan().table, org)
            .returning::<P>()
            .option_if("$expand", P::expand_clause())
            .json(body::of(&self.draft, org)?)
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        Reply::accepted(response)?.record()
    }
}

#[diagnostic::do_not_recommend]
impl<D, P> WriteMessage for CreateReturning<D, P>
where
    D: Draft<Table: Entity, Kind = CreateDraft>,
    P: Projection<Table = D::Table> + for<'de> FromRow<'de>,
{
}

pub(super) fn builder<'o>(table: &'static EntityMetadata, org: &'o Organization) -> RequestBuilder<'o> {
    RequestBuilder::new(org, Method::POST, table.entity_set_name)
}

/// Returns the id of the created record: from the headers of the answer, else from its body, else from the
/// draft.
///
/// It tries everything before it returns an error: the record exists, and a caller who sees an error might
/// create a second one.
#[doc(hidden)]
pub fn created<T>(draft: &dyn Columns, response: Response<Bytes>) -> Result<Id<T>, Error> {
    let reply = Reply::accepted(response)?;
    let key = draft.plan().table.primary_id_attribute;
    let id = reply.entity_id().or_else(|| id_in_body(reply.body(), key)).or_else(|| own_id(draft, key));
    id.map(Id::new).ok_or_else(|| {
        reply.unreadable("the record was created, and the header `OData-EntityId` names no record")
    })
}

/// Returns the primary key in the body, if the answer holds the record.
fn id_in_body(body: &Bytes, key: &str) -> Option<Uuid> {
    let record: serde_json::Value = serde_json::from_slice(body).ok()?;
    Uuid::parse_str(record.get(key)?.as_str()?).ok()
}

/// Returns the primary key that the draft gives the record.
fn own_id(draft: &dyn Columns, key: &str) -> Option<Uuid> {
    entries(draft).find_map(|(column, pending)| match pending {
        Pending::Set(Written::Value(Value::Guid(id))) if column.logical_name == key => Some(id.uuid()),
        _ => None,
    })
}
