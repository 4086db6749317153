//! Drafts are messages as they are: `SessionEvent::create().name("…")` creates, `SessionEvent::update(id).name("…")`
//! updates.

use bytes::Bytes;
use http::{Request, Response};

use super::error::Error;
use super::organization::Organization;
use super::reply::Reply;
use super::single_column::SingleColumn;
use super::{Create, Operation, Update, body, create, update};
use crate::draft::{Columns, Creates, Draft, Updates};
use crate::{Entity, Id, Projection};

/// What a draft does when it is sent.
#[doc(hidden)]
pub trait DraftMessage {
    type Output<T>;

    const MESSAGE: &'static str;
    const IS_REPEATABLE: bool;

    fn request(draft: &dyn Columns, org: &Organization) -> Result<Request<Bytes>, Error>;
    fn response<T>(response: Response<Bytes>) -> Result<Self::Output<T>, Error>;
}

impl DraftMessage for Creates {
    type Output<T> = Id<T>;

    const MESSAGE: &'static str = "Create";
    const IS_REPEATABLE: bool = false;

    fn request(draft: &dyn Columns, org: &Organization) -> Result<Request<Bytes>, Error> {
        create::builder(draft.plan().table, org).json(body::of(draft, org)?).build()
    }

    fn response<T>(response: Response<Bytes>) -> Result<Id<T>, Error> {
        create::created(response)
    }
}

impl DraftMessage for Updates {
    type Output<T> = ();

    const MESSAGE: &'static str = "Update";
    const IS_REPEATABLE: bool = true;

    fn request(draft: &dyn Columns, org: &Organization) -> Result<Request<Bytes>, Error> {
        update::builder(draft, None, org)?.json(body::of(draft, org)?).build()
    }

    fn response<T>(response: Response<Bytes>) -> Result<(), Error> {
        Reply::accepted(response).map(Reply::nothing)
    }
}

#[diagnostic::do_not_recommend]
impl<D> Operation for D
where
    D: Draft<Operation: DraftMessage>,
{
    type Output = <D::Operation as DraftMessage>::Output<D::Table>;

    fn message(&self) -> &'static str {
        D::Operation::MESSAGE
    }

    fn is_repeatable(&self) -> bool {
        D::Operation::IS_REPEATABLE
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        D::Operation::request(self, org)
    }

    fn response(&self, response: Response<Bytes>) -> Result<Self::Output, Error> {
        D::Operation::response(response)
    }
}

/// What can be asked of a draft beside sending it.
pub trait DraftOperations: Draft<Table: Entity> + Sized {
    /// Answers with the record as it is stored, read as `P`.
    fn returning<P: Projection<Table = Self::Table>>(self) -> <Self::Operation as Returns>::Returning<Self, P>
    where
        Self::Operation: Returns,
    {
        <Self::Operation as Returns>::returning(self)
    }

    /// Updates the record only if it is still the one with this etag; else the error
    /// [is a conflict](Error::is_conflict).
    fn if_match(self, etag: impl Into<String>) -> Update<Self>
    where
        Self: Draft<Operation = Updates>,
    {
        Update::new(self).if_match(etag)
    }

    /// Sets or clears the one column that the update holds through the column's own URL.
    fn single_column(self) -> SingleColumn<Self>
    where
        Self: Draft<Operation = Updates>,
    {
        SingleColumn::new(self)
    }
}

impl<D: Draft<Table: Entity>> DraftOperations for D {}

/// What a draft becomes that answers with the record.
#[doc(hidden)]
pub trait Returns: Sized {
    type Returning<D, P>;

    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Operation = Self>,
        P: Projection<Table = D::Table>;
}

impl Returns for Creates {
    type Returning<D, P> = super::CreateReturning<D, P>;

    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Operation = Self>,
        P: Projection<Table = D::Table>,
    {
        Create::new(draft).returning()
    }
}

impl Returns for Updates {
    type Returning<D, P> = super::UpdateReturning<D, P>;

    fn returning<D, P>(draft: D) -> Self::Returning<D, P>
    where
        D: Draft<Table: Entity, Operation = Self>,
        P: Projection<Table = D::Table>,
    {
        Update::new(draft).returning()
    }
}
