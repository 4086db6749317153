//! Drafts are messages as they are: `SessionEvent::create().name("…")` creates, `SessionEvent::update(id).name("…")`
//! updates.

use bytes::Bytes;
use http::{Request, Response};

use super::body;
use super::create;
use super::create::Create;
use super::single_column::SingleColumn;
use super::update;
use super::update::Update;
use crate::draft::{Columns, CreateDraft, Draft, UpdateDraft};
use crate::message::http::{Error, Organization, Reply};
use crate::message::message::Message;
use crate::{Entity, Id, Projection};

/// What a draft does when it is sent.
#[doc(hidden)]
pub trait DraftMessage {
    type Output<T>;

    const MESSAGE: &'static str;
    const IS_IDEMPOTENT: bool;

    fn request(draft: &dyn Columns, org: &Organization) -> Result<Request<Bytes>, Error>;
    fn response<T>(response: Response<Bytes>) -> Result<Self::Output<T>, Error>;
}

impl DraftMessage for CreateDraft {
    type Output<T> = Id<T>;

    const MESSAGE: &'static str = "Create";
    const IS_IDEMPOTENT: bool = false;

    fn request(draft: &dyn Columns, org: &Organization) -> Result<Request<Bytes>, Error> {
        create::builder(draft.plan().table, org).json(body::of(draft, org)?).build()
    }

    fn response<T>(response: Response<Bytes>) -> Result<Id<T>, Error> {
        create::created(response)
    }
}

impl DraftMessage for UpdateDraft {
    type Output<T> = ();

    const MESSAGE: &'static str = "Update";
    const IS_IDEMPOTENT: bool = true;

    fn request(draft: &dyn Columns, org: &Organization) -> Result<Request<Bytes>, Error> {
        update::builder(draft, None, org)?.json(body::of(draft, org)?).build()
    }

    fn response<T>(response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<D> Message for D
where
    D: Draft<Kind: DraftMessage>,
{
    type Output = <D::Kind as DraftMessage>::Output<D::Table>;

    fn message_name(&self) -> &'static str {
        D::Kind::MESSAGE
    }

    fn is_idempotent(&self) -> bool {
        D::Kind::IS_IDEMPOTENT
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        D::Kind::request(self, org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        D::Kind::response(response)
    }
}

/// What can be asked of a draft beside sending it.
pub trait DraftMessages: Draft<Table: Entity> + Sized {
    /// Answers with the record as it is stored, read as `P`.
    fn returning<P: Projection<Table = Self::Table>>(self) -> <Self::Kind as Returns>::Returning<Self, P>
    where
        Self::Kind: Returns,
    {
        <Self::Kind as Returns>::returning(self)
    }

    /// Updates the record only if it is still the one with this etag; else the error
    /// [is a conflict](Error::is_conflict).
    fn if_match(self, etag: impl Into<String>) -> Update<Self>
    where
        Self: Draft<Kind = UpdateDraft>,
    {
        Update::new(self).if_match(etag)
    }

    /// Sets or clears the one column that the update holds through the column's own URL.
    fn single_column(self) -> SingleColumn<Self>
    where
        Self: Draft<Kind = UpdateDraft>,
    {
        SingleColumn::new(self)
    }
}

impl<D: Draft<Table: Entity>> DraftMessages for D {}

/// What a draft becomes that answers with the record.
#[doc(hidden)]
pub trait Returns: Sized {
    type Returning<D, P>;

    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table>;
}

impl Returns for CreateDraft {
    type Returning<D, P> = super::CreateReturning<D, P>;

    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table>,
    {
        Create::new(draft).returning()
    }
}

impl Returns for UpdateDraft {
    type Returning<D, P> = super::UpdateReturning<D, P>;

    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Kind = Self>,
        P: Projection<Table = D::Table>,
    {
        Update::new(draft).returning()
    }
}
