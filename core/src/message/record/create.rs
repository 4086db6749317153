//! Create: `POST /set`.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response};

use super::body;
use crate::draft::{CreateDraft, Draft};
use crate::message::http::{Error, Organization, Reply, RequestBuilder};
use crate::message::message::Message;
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

impl<D: Draft<Table: Entity, Kind = CreateDraft>> Message for Create<D> {
    type Output = Id<D::Table>;

    fn message_name(&self) -> &'static str {
        "Create"
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        builder(self.draft.plan().table, org).json(body::of(&self.draft, org)?).build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        created(response)
    }
}

/// Creates a record and reads it back in one request.
#[must_use = "a message does nothing until it is sent"]
pub struct CreateReturning<D, P> {
    draft: D,
    projection: PhantomData<fn() -> P>,
}

message_type!(CreateReturning<D, P> where [D: Clone + core::fmt::Debug] { draft; skip projection });

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

pub(super) fn builder<'o>(table: &'static EntityMetadata, org: &'o Organization) -> RequestBuilder<'o> {
    RequestBuilder::new(org, Method::POST, table.entity_set_name)
}

/// The id of the record that was created.
#[doc(hidden)]
pub fn created<T>(response: Response<Bytes>) -> Result<Id<T>, Error> {
    let reply = Reply::accepted(response)?;
    let id = reply.entity_id().map(Id::new);
    id.ok_or_else(|| reply.unreadable("the header `OData-EntityId` names no record"))
}
