//! Create: `POST /set`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};
use uuid::Uuid;

use super::body;
use crate::column::{Pending, Value, Written};
use crate::draft::{Columns, CreateDraft, Draft, entries};
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::{Message, WriteMessage};
use crate::message::message_type::message_type;
use crate::metadata::EntityMetadata;
use crate::record::FromRow;
use crate::{Entity, Id, Projection, Record};

/// Creates a record. The draft itself is this message already; this type is for what can be asked for beside it.
#[must_use = "a message does nothing until it is sent"]
pub struct Create<D> {
    draft: D,
}

message_type!(Create<D> where [D: Clone + core::fmt::Debug] { draft });

impl<D: Draft<Table: Entity, Kind = CreateDraft>> Create<D> {
    /// Creates a record with these columns.
    pub fn new(draft: D) -> Self {
        Self { draft }
    }

    /// Answers with the record as it is stored, read as `P`, and not with its id.
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
        builder(self.draft.plan().table, org).json(body::of(&self.draft, org)?).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        created(&self.draft, response)
    }
}

#[diagnostic::do_not_recommend]
impl<D: Draft<Table: Entity, Kind = CreateDraft>> WriteMessage for Create<D> {}

/// Creates a record and reads it back in one request.
#[must_use = "a message does nothing until it is sent"]
pub struct CreateReturning<D, P> {
    draft: D,
    projection: PhantomData<fn() -> P>,
}

message_type!(CreateReturning<D, P> where [D: Clone + core::fmt::Debug] { draft; skip projection });

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

/// The id of the record that was created: the one that the answer names, in its headers or, if it holds the record, in its
/// body; else the one that the create itself gave the record.
///
/// Once the server has said yes, the record is there, so an error is the last that is answered: whoever sends the create again
/// would make a second record.
#[doc(hidden)]
pub fn created<T>(draft: &dyn Columns, response: Response<Bytes>) -> Result<Id<T>, Error> {
    let reply = Reply::accepted(response)?;
    let key = draft.plan().table.primary_id_attribute;
    let id = reply.entity_id().or_else(|| id_in_body(reply.body(), key)).or_else(|| own_id(draft, key));
    id.map(Id::new).ok_or_else(|| {
        reply.unreadable("the record was created, and the header `OData-EntityId` names no record")
    })
}

/// The primary key in the body, if the answer holds the record.
fn id_in_body(body: &Bytes, key: &str) -> Option<Uuid> {
    let record: serde_json::Value = serde_json::from_slice(body).ok()?;
    Uuid::parse_str(record.get(key)?.as_str()?).ok()
}

/// The primary key that the create gave the record.
fn own_id(draft: &dyn Columns, key: &str) -> Option<Uuid> {
    entries(draft).find_map(|(column, pending)| match pending {
        Pending::Set(Written::Value(Value::Guid(id))) if column.logical_name == key => Some(id.uuid()),
        _ => None,
    })
}
